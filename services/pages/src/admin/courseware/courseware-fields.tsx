import type { Page } from '../../layout/page.ts';
import { described, Field } from '../../parts/field.tsx';
import { faultIn } from '../../texts/faults.ts';
import { ReasonField } from '../reason-field.tsx';
import type { Faults, Typed } from './typed-courseware.ts';

/** All that an admin decides about a courseware. */
export function CoursewareFieldset(props: { page: Page; typed: Typed; faults: Faults; isNew: boolean }) {
  const { page, typed, faults, isNew } = props;
  const { admin } = page.texts;
  const { courseware: texts } = admin;
  const fault = (name: string) => {
    const message = faults[name];
    return message === undefined ? undefined : faultIn(page.language, message);
  };
  const about = (name: string, help?: string) => ({ help, fault: fault(name) });
  return (
    <div class="fields">
      {isNew && (
        <Field name="id" label={texts.id} {...about('id', texts.idHelp)}>
          <input
            {...described('id', about('id', texts.idHelp))}
            value={typed.id}
            required
            autocomplete="off"
          />
        </Field>
      )}
      <Field name="title" label={texts.titleField} {...about('title')}>
        <input {...described('title', about('title'))} value={typed.title} maxlength={500} required />
      </Field>
      <Field name="kind" label={texts.kind} {...about('kind')}>
        <select {...described('kind', about('kind'))}>
          {(['video', 'document'] as const).map((kind) => (
            <option value={kind} selected={kind === typed.kind}>
              {texts.kinds[kind]}
            </option>
          ))}
        </select>
      </Field>
      <Field name="hours" label={texts.hours} {...about('hours', texts.hoursHelp)}>
        <input
          {...described('hours', about('hours', texts.hoursHelp))}
          value={typed.hours}
          required
          autocomplete="off"
        />
      </Field>
      <Field name="media" label={texts.media} optional={admin.optional} {...about('media', texts.mediaHelp)}>
        <input
          {...described('media', about('media', texts.mediaHelp))}
          value={typed.media}
          autocomplete="off"
        />
      </Field>
      <Field name="creator" label={texts.creator} optional={admin.optional} {...about('creator')}>
        <input {...described('creator', about('creator'))} value={typed.creator} maxlength={200} />
      </Field>
      <ReasonField page={page} value={typed.reason} fault={fault('reason')} />
      <label class="whole check">
        <input type="checkbox" name="open" value="yes" checked={typed.open} /> {texts.openField}
      </label>
    </div>
  );
}
