import type { Enrolment } from '@watchledger/contract';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { PersonName } from '../../../people/person-name.tsx';
import { SimilarList } from '../../activity/similar-list.tsx';
import { trainingPath } from '../paths.ts';
import { hoursField, type TypedHours } from './sent.ts';
import type { TrainingProps } from './training-page.tsx';

const tones: Readonly<Record<Enrolment['state'], Tone>> = {
  enrolled: 'waiting',
  confirmed: 'good',
  rejected: 'bad',
  cancelled: 'waiting',
};

/** Who takes part, to be confirmed or rejected together, each with hours of their own where need be. */
export function Attendees(props: TrainingProps & { canConfirm: boolean }) {
  const { page, view, sent, canConfirm } = props;
  const { training, items, reviewer } = view;
  const { trainings, queue, form } = page.texts.review;
  const hasOthers = items.some(({ decidedBy }) => decidedBy !== null && decidedBy !== reviewer);
  const query = page.query.size === 0 ? '' : `?${page.query}`;
  return (
    <form method="post" action={`${trainingPath(training.trainingId)}${query}`}>
      <table class="rows stacked attendees">
        <thead>
          <tr>
            <th scope="col">{trainings.choose}</th>
            <th scope="col">{queue.who}</th>
            <th scope="col">{trainings.state}</th>
            <th scope="col">{trainings.online}</th>
            <th scope="col">{trainings.offline}</th>
            <th scope="col">{trainings.similar}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((enrolment) => (
            <Row {...props} enrolment={enrolment} />
          ))}
        </tbody>
      </table>
      <div class="act-on-chosen">
        <label class="choose-all" hidden data-choose-all>
          <input type="checkbox" /> {queue.chooseAll}
        </label>
        <p class="muted small">{trainings.hoursHelp}</p>
        <div class="field">
          <label for="comment">
            {trainings.comment} <span class="muted small">{form.optional}</span>
          </label>
          <input id="comment" name="comment" value={sent?.comment ?? ''} maxlength={1_000} />
        </div>
        {hasOthers && (
          <label class="check">
            <input type="checkbox" name="correct" value="yes" checked={sent?.correct} />{' '}
            {trainings.correctOthers}
          </label>
        )}
        <p class="choices">
          {canConfirm && (
            <button type="submit" name="decision" value="confirm">
              {trainings.confirm}
            </button>
          )}
          <button type="submit" class="second" name="decision" value="reject">
            {trainings.reject}
          </button>
        </p>
      </div>
    </form>
  );
}

function Row(props: TrainingProps & { enrolment: Enrolment }) {
  const { page, view, enrolment, sent, faults } = props;
  const { trainings, activity, queue } = page.texts.review;
  const { learnerId, state, decidedBy, comment, similar = [] } = enrolment;
  const person = view.personOf(learnerId);
  const isOwn = learnerId === view.reviewer;
  const typed = sent?.typedOf(learnerId) ?? hoursTypedOf(props);
  const fault = faults?.get(learnerId);
  const hours = (part: keyof TypedHours, label: string) => (
    <input
      class="hours"
      name={hoursField(part, learnerId)}
      value={typed[part]}
      aria-label={label}
      aria-invalid={fault === undefined ? undefined : 'true'}
      placeholder={page.format.exactDuration(
        view.training[part === 'online' ? 'onlineSeconds' : 'offlineSeconds'],
      )}
      autocomplete="off"
      maxlength={40}
    />
  );
  return (
    <tr data-row>
      <td data-label={trainings.choose}>
        {!isOwn && (
          <input
            type="checkbox"
            name="chosen"
            value={learnerId}
            checked={sent?.chosen.includes(learnerId)}
            aria-label={trainings.chooseOf(person.name)}
          />
        )}
      </td>
      <td data-label={queue.who}>
        <PersonName person={person} />
        {fault !== undefined && <p class="fault">{fault}</p>}
      </td>
      <td data-label={trainings.state}>
        <span class="what">
          <Tag tone={tones[state]} text={trainings.states[state]} />
          {decidedBy !== null && <span class="muted small">{trainings.decidedBy(decidedBy)}</span>}
          {comment !== null && <span class="muted small">{comment}</span>}
        </span>
      </td>
      <td data-label={trainings.online}>{!isOwn && hours('online', trainings.onlineOf(person.name))}</td>
      <td data-label={trainings.offline}>{!isOwn && hours('offline', trainings.offlineOf(person.name))}</td>
      <td data-label={trainings.similar}>
        {isOwn && <Tag tone="waiting" text={queue.own} />}
        {similar.length > 0 && (
          <details>
            <summary>{queue.similar(similar.length)}</summary>
            <SimilarList page={page} similar={similar} />
          </details>
        )}
        {similar.length === 0 && !isOwn && <span class="muted small">{activity.none}</span>}
      </td>
    </tr>
  );
}

/** The hours of an attendee where they are other ones than the training's. */
function hoursTypedOf({ page, view, enrolment }: TrainingProps & { enrolment: Enrolment }): TypedHours {
  const { training } = view;
  const other = (own: number, common: number) =>
    enrolment.state === 'confirmed' && own !== common ? page.format.exactDuration(own) : '';
  return {
    online: other(enrolment.onlineSeconds, training.onlineSeconds),
    offline: other(enrolment.offlineSeconds, training.offlineSeconds),
  };
}
