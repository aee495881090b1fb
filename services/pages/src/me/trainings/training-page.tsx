import type { Enrolment, Training } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Facts } from '../../parts/facts.tsx';
import { Tag } from '../../parts/tag.tsx';
import { MePage } from '../me-page.tsx';
import { isWindowOpen, standingOf, tones } from './standing.ts';

interface TrainingPageProps {
  page: Page;
  training: Training;
  /** One's own; null: not enrolled. */
  enrolment: Enrolment | null;
  /** Milliseconds since 1970. */
  now: number;
}

/** One training as the guide shows it: who holds it, what for, what about, and how to take part. */
export function TrainingPage({ page, training, enrolment, now }: TrainingPageProps) {
  const { format, texts } = page;
  const { trainings: words } = texts.me;
  const { startsAt, endsAt, onlineSeconds, offlineSeconds, totalSeconds, enrolFrom, enrolUntil } = training;
  const standing = standingOf(training, now);
  const sameDay = format.dayOf(startsAt) === format.dayOf(endsAt);
  const isSplit = onlineSeconds > 0 && offlineSeconds > 0;
  return (
    <MePage
      page={page}
      title={training.title}
      aside={<Tag tone={tones[standing]} text={words.states[standing]} />}
    >
      <p>
        <a href={page.link('/me/trainings')}>‹ {words.back}</a>
      </p>
      <TakingPart page={page} training={training} enrolment={enrolment} now={now} />
      <div class="sheet">
        <Facts
          facts={[
            [
              words.time,
              `${format.moment(startsAt)}–${sameDay ? format.time(endsAt) : format.moment(endsAt)}`,
            ],
            [words.place, training.place],
            [
              words.hours,
              isSplit
                ? words.split(
                    format.duration(totalSeconds),
                    format.duration(onlineSeconds),
                    format.duration(offlineSeconds),
                  )
                : format.duration(totalSeconds),
            ],
            [words.columns.people, words.people(training.enrolled, training.capacity)],
            [
              words.enrolment,
              words.window(
                enrolFrom === null ? null : format.moment(enrolFrom),
                format.moment(enrolUntil ?? endsAt),
              ),
            ],
          ]}
        />
      </div>
      <div class="sheet">
        <h2>{words.organiser}</h2>
        <Facts
          facts={[
            [words.columns.organiser, training.organiser],
            [words.contact, training.contact],
            [words.category, training.category],
            [words.form, training.form],
            [words.method, training.method],
            [words.type, training.type],
            [words.classification, training.classification],
          ]}
        />
        <Written heading={words.goal} text={training.goal} />
        <Written heading={words.content} text={training.content} />
      </div>
    </MePage>
  );
}

function Written({ heading, text }: { heading: string; text: string | null }) {
  if (text === null) return null;
  return (
    <>
      <h2>{heading}</h2>
      <p class="written">{text}</p>
    </>
  );
}

/** Enrolling, cancelling, what became of it, and rating. */
function TakingPart({ page, training, enrolment, now }: TrainingPageProps) {
  const { format, texts } = page;
  const { trainings: words } = texts.me;
  const { average, count } = training.rating;
  const path = `/me/trainings/${encodeURIComponent(training.trainingId)}`;
  const standing = standingOf(training, now);
  return (
    <div class="taking-part">
      {standing === 'open' && (
        <form method="post" action={page.link(`${path}/enrol`)}>
          <button type="submit">{words.enrol}</button>
        </form>
      )}
      {standing === 'enrolled' && (
        <>
          <p class="note">{words.enrolledNote}</p>
          {isWindowOpen(training, now) ? (
            <form method="post" action={page.link(`${path}/cancel`)}>
              <button type="submit" class="second">
                {words.cancel}
              </button>
            </form>
          ) : (
            <a class="button second" href={page.link(`${path}/cancel`)}>
              {words.cancel}
            </a>
          )}
        </>
      )}
      {standing === 'confirmed' && enrolment !== null && (
        <p class="note good">
          {words.confirmedNote(format.duration(enrolment.onlineSeconds + enrolment.offlineSeconds))}
        </p>
      )}
      {standing === 'rejected' && <p class="note bad">{words.rejectedNote}</p>}
      {enrolment?.comment && <p>{words.comment(enrolment.comment)}</p>}
      <p class="muted">{average === null ? words.unrated : words.rating(average.toFixed(2), count)}</p>
      {standing === 'confirmed' && (
        <Rate page={page} action={page.link(`${path}/rate`)} mine={training.myRating} />
      )}
    </div>
  );
}

function Rate({ page, action, mine }: { page: Page; action: string; mine: number | null }) {
  const { rate } = page.texts.me.trainings;
  return (
    <form method="post" action={action} class="rate">
      <fieldset>
        <legend>{rate.legend}</legend>
        <p class="steps">
          {[1, 2, 3, 4, 5].map((stars) => (
            <label class="check">
              <input type="radio" name="rating" value={stars} checked={stars === mine} required />{' '}
              {rate.stars(stars)}
            </label>
          ))}
        </p>
      </fieldset>
      <button type="submit" class="second">
        {rate.send}
      </button>
    </form>
  );
}
