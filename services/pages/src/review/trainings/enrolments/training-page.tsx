import type { Enrolment, EnrolmentState, Training } from '@watchledger/contract';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
import { Blank } from '../../../parts/blank.tsx';
import { Pager } from '../../../parts/pager.tsx';
import type { Person } from '../../../people/people.ts';
import { hoursOf } from '../hours.ts';
import { trainingPath } from '../paths.ts';
import { whenOf } from '../when.ts';
import { Attendees } from './attendees.tsx';
import type { SentAttendees } from './sent.ts';

export interface TrainingView {
  readonly training: Training;
  /** Whether this reviewer's institute holds it, or they are of headquarters. */
  readonly isTheirs: boolean;
  /** Which of the enrolments are shown; undefined: all. */
  readonly state: EnrolmentState | undefined;
  readonly items: readonly Enrolment[];
  readonly nextCursor: string | null;
  readonly personOf: (learnerId: string) => Person;
  readonly reviewer: string;
}

export interface TrainingProps {
  page: Page;
  view: TrainingView;
  /** What was sent and could not be taken. */
  sent?: SentAttendees;
  trouble?: string;
  /** By learner. */
  faults?: ReadonlyMap<string, string>;
}

/** One training: what it is, and who takes part. */
export function TrainingPage(props: TrainingProps) {
  const { page, view, trouble } = props;
  const { training, isTheirs, items, state, nextCursor } = view;
  const { trainings } = page.texts.review;
  const { trainingId, title } = training;
  const isOver = Date.parse(training.endsAt) <= Date.now();
  return (
    <Layout page={page} title={title} styles={['/assets/review.css']} scripts={['review.js']}>
      <header class="page-head">
        <h1>{title}</h1>
        {isTheirs && (
          <p class="choices">
            <a class="button second" href={page.link(trainingPath(trainingId, '/edit'))}>
              {trainings.edit}
            </a>
            <a class="button second" href={page.link(trainingPath(trainingId, '/delete'))}>
              {trainings.remove}
            </a>
          </p>
        )}
      </header>
      <Facts page={page} training={training} />
      <section aria-labelledby="enrolments">
        <header class="page-head">
          <h2 id="enrolments">{trainings.enrolments}</h2>
          {isTheirs && isOver && (
            <a class="button" href={page.link(trainingPath(trainingId, '/attendance'))}>
              {trainings.attendance}
            </a>
          )}
        </header>
        {!isTheirs && <p class="note">{trainings.notYours}</p>}
        {isTheirs && !isOver && <p class="note">{trainings.notOverNote}</p>}
        {trouble !== undefined && (
          <p class="note bad" role="alert">
            {trouble}
          </p>
        )}
        {isTheirs && <StateTabs page={page} view={view} />}
        {isTheirs &&
          (items.length === 0 ? (
            <Blank
              title={trainings.nobodyTitle}
              text={state === undefined ? trainings.nobody : trainings.nobodyFiltered}
            />
          ) : (
            <Attendees {...props} canConfirm={isOver} />
          ))}
        <Pager page={page} nextCursor={nextCursor} />
      </section>
    </Layout>
  );
}

function Facts({ page, training }: { page: Page; training: Training }) {
  const { trainings, form } = page.texts.review;
  const moment = (text: string | null) => (text === null ? null : page.format.moment(text));
  const rows: [name: string, value: string | null][] = [
    [trainings.when, whenOf(page, training)],
    [trainings.place, training.place],
    [form.fields.organiser, training.organiser],
    [trainings.hours, hoursOf(page, training)],
    [trainings.kind, trainings.kinds[training.kind]],
    [form.fields.category, training.category],
    [trainings.window, trainings.windowOf(moment(training.enrolFrom), moment(training.enrolUntil))],
    [
      trainings.capacity,
      training.capacity === null ? trainings.unlimited : page.format.number(training.capacity),
    ],
    [trainings.people, trainings.peopleOf(training.enrolled, training.confirmed)],
  ];
  return (
    <section class="sheet">
      <dl class="said wide-said">
        {rows.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function StateTabs({ page, view: { training, state } }: { page: Page; view: TrainingView }) {
  const { trainings, all } = page.texts.review;
  const path = trainingPath(training.trainingId);
  const choices: [value: EnrolmentState | undefined, name: string][] = [
    [undefined, all],
    ...(['enrolled', 'confirmed', 'rejected', 'cancelled'] as const).map(
      (value) => [value, trainings.states[value]] satisfies [EnrolmentState, string],
    ),
  ];
  return (
    <nav class="kinds" aria-label={trainings.state}>
      {choices.map(([value, name]) => (
        <a
          href={page.link(value === undefined ? path : `${path}?state=${value}`)}
          aria-current={value === state ? 'true' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
