import type { Page } from '../../layout/page.ts';
import { described, Field } from '../../parts/field.tsx';
import { type Declaration, keptValue, type TextField } from './declaration.ts';
import type { FormFaults } from './faults.ts';

interface DeclarationFormProps {
  page: Page;
  /** Where it is sent. */
  action: string;
  declaration: Declaration;
  faults: FormFaults;
  today: string;
  /** Names the form, so that sent twice it declares once; or the version that it changes. */
  hidden: Readonly<Record<string, string>>;
  /** The buttons: what is done, and its name. */
  buttons: readonly (readonly [as: string, label: string])[];
  /** Back to where nothing is changed. */
  cancel: string;
}

/** The form of a declaration, with the fields of its category; whatever is wrong stands beside its field. */
export function DeclarationForm(props: DeclarationFormProps) {
  const { page, action, declaration, faults, today, hidden, buttons, cancel } = props;
  const { category, texts: typed, files } = declaration;
  const { activities: texts } = page.texts.me;
  const { fields, help, optional } = texts;
  const isOffline = category === 'offline';
  const control = (name: TextField, helped?: string) => ({
    ...described(name, { help: helped, fault: faults[name] }),
    value: typed[name],
  });
  const field = (
    name: TextField,
    label: string,
    more: { help?: string | undefined; optional?: string } = {},
  ) => ({
    name,
    label,
    fault: faults[name],
    ...more,
  });
  const providerHelp = help.provider[category];
  return (
    <form method="post" action={action} enctype="multipart/form-data" class="sheet declaration">
      <FaultsAtOnce page={page} faults={faults} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="fields">
        <div class="whole">
          <Field {...field('title', fields.title[category])}>
            <input {...control('title')} type="text" maxlength={500} required />
          </Field>
        </div>
        {isOffline && (
          <Field {...field('kind', fields.kind)}>
            <select {...described('kind', { fault: faults.kind })}>
              {Object.entries(texts.kinds).map(([kind, name]) => (
                <option value={kind} selected={kind === typed.kind}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
        )}
        <Field {...field('provider', fields.provider[category], { optional, help: providerHelp })}>
          <input {...control('provider', providerHelp)} type="text" maxlength={200} />
        </Field>
        {isOffline && (
          <Field {...field('place', fields.place, { optional })}>
            <input {...control('place')} type="text" maxlength={200} />
          </Field>
        )}
        {isOffline && (
          <div class="abroad">
            <Field {...field('country', fields.country, { optional })}>
              <input {...control('country')} type="text" maxlength={100} />
            </Field>
          </div>
        )}
        <Field {...field('from', fields.from)}>
          <input {...control('from')} type="date" min="1970-01-01" max={today} required />
        </Field>
        <Field {...field('to', fields.to, { help: help.to })}>
          <input {...control('to', help.to)} type="date" min="1970-01-01" />
        </Field>
        <Field {...field('hours', fields.hours, { help: help.hours })}>
          <input {...control('hours', help.hours)} type="text" autocomplete="off" required />
        </Field>
        <div class="whole">
          <Field {...field('note', fields.note[category], { optional })}>
            <textarea {...described('note', { fault: faults.note })} maxlength={4000}>
              {typed.note}
            </textarea>
          </Field>
        </div>
        <Field {...field('links', fields.links, { optional, help: help.links })}>
          <textarea {...described('links', { help: help.links, fault: faults.links })} class="low">
            {typed.links}
          </textarea>
        </Field>
        <Field name="files" label={fields.files} optional={optional} help={help.files} fault={faults.files}>
          <input
            {...described('files', { help: help.files, fault: faults.files })}
            type="file"
            multiple
            accept="application/pdf,image/jpeg,image/png"
          />
        </Field>
        {files.length > 0 && (
          <fieldset class="whole" aria-describedby="kept-help">
            <legend>{fields.kept}</legend>
            {files.map((file) => (
              <label class="check">
                <input type="checkbox" name="kept" value={keptValue(file)} checked /> {file.name}
              </label>
            ))}
            <p class="help" id="kept-help">
              {help.kept}
            </p>
          </fieldset>
        )}
      </div>
      <p class="steps">
        {buttons.map(([as, label], nth) => (
          <button type="submit" name="as" value={as} class={nth === 0 ? undefined : 'second'}>
            {label}
          </button>
        ))}
        <a href={page.link(cancel)}>{texts.cancel}</a>
      </p>
    </form>
  );
}

/** At the head of the form, where it is read first. */
function FaultsAtOnce({ page, faults }: { page: Page; faults: FormFaults }) {
  const { activities: texts } = page.texts.me;
  const named = Object.keys(faults).filter((name) => name !== 'whole');
  if (named.length === 0 && faults.whole === undefined) return null;
  return (
    <div class="note bad" role="alert" tabindex={-1} autofocus>
      <p>{faults.whole ?? texts.faults.heading}</p>
      {named.length > 0 && (
        <ul>
          {named.map((name) => (
            <li>
              <a href={`#${name}`}>{labelOf(page, name as TextField)}</a>: {faults[name as TextField]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function labelOf({ texts }: Page, name: TextField | 'files'): string {
  const { fields } = texts.me.activities;
  const label = fields[name];
  return typeof label === 'string' ? label : label.online;
}
