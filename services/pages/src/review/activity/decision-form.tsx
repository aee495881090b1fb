import { described, Field } from '../../parts/field.tsx';
import { withSearch } from '../queue/search.ts';
import type { ActivityProps } from './activity-page.tsx';
import { EffectNote } from './effect-note.tsx';

/** Approves all, fewer hours, or rejects; what belongs to one of these shows once it is chosen. */
export function DecisionForm({ page, view, draft, faults = {}, effect }: ActivityProps) {
  const { activity, etag, search } = view;
  const { activity: texts } = page.texts.review;
  const isDecided = activity.decidedBy !== null;
  const choices = [
    ['full', texts.full(page.format.exactDuration(activity.seconds))],
    ['fewer', texts.fewer],
    ['reject', texts.reject],
  ] as const;
  return (
    <form method="post" action={page.link(withSearch(`/review/${activity.activityId}`, search))}>
      <input type="hidden" name="etag" value={etag} />
      {isDecided && <input type="hidden" name="correcting" value="yes" />}
      <fieldset class="options">
        <legend class="unseen">{isDecided ? texts.correct : texts.decide}</legend>
        {choices.map(([value, name]) => (
          <label class="check">
            <input type="radio" name="decision" value={value} checked={draft.decision === value} /> {name}
          </label>
        ))}
      </fieldset>
      <div class="when-fewer">
        <Field name="hours" label={texts.grantedHours} help={texts.hoursHelp} fault={faults.hours}>
          <input
            {...described('hours', { help: texts.hoursHelp, fault: faults.hours })}
            value={draft.hours}
            autocomplete="off"
            maxlength={40}
          />
        </Field>
      </div>
      <fieldset class="options when-not-full">
        <legend>{texts.reasons}</legend>
        {texts.reasonList.map((reason) => (
          <label class="check">
            <input type="checkbox" name="reason" value={reason} checked={draft.reasons.includes(reason)} />{' '}
            {reason}
          </label>
        ))}
      </fieldset>
      <Field
        name="comment"
        label={texts.comment}
        optional={page.texts.review.form.optional}
        help={texts.commentHelp}
        fault={faults.comment}
      >
        <input
          {...described('comment', { help: texts.commentHelp, fault: faults.comment })}
          value={draft.comment}
          maxlength={800}
        />
      </Field>
      <EffectNote page={page} effect={effect} of={draft.decision} />
      <p class="choices">
        <button type="submit">{texts.submit}</button>
        <button type="submit" class="second" name="preview" value="yes">
          {texts.preview}
        </button>
      </p>
      <p class="muted small">{texts.cannotUnmake}</p>
    </form>
  );
}
