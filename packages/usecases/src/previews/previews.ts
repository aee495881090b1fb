import {
  type Attendee,
  type Fault,
  type PreviewLine,
  Problem,
  type ReviewActivity,
  type TrainingFields,
} from '@watchledger/contract';
import { activityMoves, type LearnerFacts, type StoredActivity } from '@watchledger/ledger';
import {
  type ActivityFact,
  type Calendar,
  type CoursewareId,
  type DayNumber,
  type LearnerId,
  milliseconds,
  type TrainingFact,
  wholeSeconds,
  yearOf,
} from '@watchledger/rules';
import type { Officer } from '../access/reviewer.ts';
import {
  activityNotFound,
  moreThanDeclared,
  ownActivity,
  withdrawnActivity,
  yearClosed,
} from '../activities/refusals.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import { notTheirs, ownHours, trainingNotFound } from '../trainings/refusals.ts';
import { storedFields } from '../trainings/shape.ts';
import type { PreviewContext } from './context.ts';
import { previewed, withFact } from './what-if.ts';

export interface PreviewLimit {
  readonly id: string;
  readonly limitSeconds: number;
  /** Whether the reader may know whose credits change. */
  readonly named: boolean;
}

/** What a new limit of a courseware would change (R8). Throws Problem `unavailable`. */
export async function* previewLimit(
  context: PreviewContext,
  { id, limitSeconds, named }: PreviewLimit,
): AsyncGenerator<PreviewLine, void, void> {
  const coursewareId = id as CoursewareId;
  const limitMs = milliseconds(limitSeconds * 1_000);
  const learnerIds = await whileStoresAnswer(() => context.concerned.watchersOf(coursewareId));
  yield* previewed(context, {
    learnerIds,
    named,
    change: (known) => {
      const terms = known.courseware.get(coursewareId);
      if (terms === undefined) return known;
      return { ...known, courseware: new Map(known.courseware).set(coursewareId, { ...terms, limitMs }) };
    },
  });
}

/** What is asked, and by whom: a preview promises nothing that would be refused. */
export interface PreviewReview extends Officer {
  readonly id: string;
  readonly review: ReviewActivity;
}

/**
 * What a decision about an activity would change.
 * @throws Problem `activity-not-found`, `forbidden`, `invalid-request`, `not-reviewable`, `unavailable`
 */
export async function* previewReview(
  context: PreviewContext,
  { id, review, actor, organisationId }: PreviewReview,
): AsyncGenerator<PreviewLine, void, void> {
  const found = await whileStoresAnswer(() => context.activities.activity(id));
  const isTheirs = organisationId === null || found?.organisationId === organisationId;
  if (found === null || !isTheirs || found.activity.state === 'draft') throw activityNotFound(id);
  const { activity } = found;
  if (activity.learnerId === actor) throw ownActivity();
  if (activityMoves[activity.state][review.decision] === undefined) throw withdrawnActivity();
  if ((review.grantedSeconds ?? 0) > wholeSeconds(activity.declaredMs))
    throw moreThanDeclared(activity.declaredMs);
  await requireOpen(context, activity.toDay);
  const fact = review.decision === 'approve' ? activityFact(activity, review, context.calendar) : null;
  yield* previewed(context, {
    learnerIds: [activity.learnerId],
    change: (known) => withFact(known, { kind: 'activity', id: activity.activityId }, fact),
  });
}

function activityFact(
  { activityId, category, fromDay, toDay, declaredMs }: StoredActivity,
  { grantedSeconds }: ReviewActivity,
  calendar: Calendar,
): ActivityFact {
  return {
    kind: 'activity',
    id: activityId,
    category,
    day: toDay,
    firstMoment: calendar.startOf(fromDay),
    ms: grantedSeconds == null ? declaredMs : milliseconds(grantedSeconds * 1_000),
  };
}

export interface PreviewTraining extends Officer {
  readonly id: string;
  readonly fields: TrainingFields;
}

/**
 * What other hours of a training would change for those who are confirmed.
 * @throws Problem `forbidden`, `unavailable`
 */
export async function* previewTraining(
  context: PreviewContext,
  { id, fields, actor, organisationId }: PreviewTraining,
): AsyncGenerator<PreviewLine, void, void> {
  const shown = await whileStoresAnswer(() => context.trainings.shown(id, null));
  if (shown !== null && organisationId !== null && shown.training.organisationId !== organisationId)
    throw notTheirs(id);
  const attendees = await whileStoresAnswer(() => context.trainings.confirmed(id));
  const next = storedFields(fields, context);
  for (const day of [next.endDay, shown?.training.endDay ?? next.endDay]) await requireOpen(context, day);
  if (attendees.some(({ learnerId }) => learnerId === actor)) throw ownHours();
  const hoursOf = new Map(attendees.map((each) => [each.learnerId, each]));
  yield* previewed(context, {
    learnerIds: attendees.map(({ learnerId }) => learnerId),
    change: (known) =>
      withFact(
        known,
        { kind: 'training', id },
        {
          kind: 'training',
          id,
          day: next.endDay,
          firstMoment: next.startsAt,
          onlineMs: hoursOf.get(known.learnerId)?.onlineMs ?? next.onlineMs,
          offlineMs: hoursOf.get(known.learnerId)?.offlineMs ?? next.offlineMs,
          coursewareIds: next.coursewareIds as readonly CoursewareId[],
        },
      ),
  });
}

export interface PreviewEnrolments {
  readonly id: string;
  readonly decision: 'confirm' | 'reject';
  readonly items: readonly Attendee[];
  readonly organisationId: string | null;
}

/** What a decision about attendees would change. Throws Problem `training-not-found`, `forbidden`, `unavailable`. */
export async function* previewEnrolments(
  context: PreviewContext,
  { id, decision, items, organisationId }: PreviewEnrolments,
): AsyncGenerator<PreviewLine, void, void> {
  const shown = await whileStoresAnswer(() => context.trainings.shown(id, null));
  if (shown === null) throw trainingNotFound(id);
  const { training } = shown;
  if (organisationId !== null && training.organisationId !== organisationId) throw notTheirs(id);
  await whileStoresAnswer(() => requireKnown(context, organisationId, id, items));
  await requireOpen(context, training.endDay);
  const hoursOf = new Map(items.map((each) => [each.learnerId, each]));
  const factOf = ({ learnerId }: LearnerFacts): TrainingFact => {
    const { onlineSeconds, offlineSeconds } = hoursOf.get(learnerId) ?? {};
    return {
      kind: 'training',
      id,
      day: training.endDay,
      firstMoment: training.startsAt,
      onlineMs: onlineSeconds == null ? training.onlineMs : milliseconds(onlineSeconds * 1_000),
      offlineMs: offlineSeconds == null ? training.offlineMs : milliseconds(offlineSeconds * 1_000),
      coursewareIds: training.coursewareIds as readonly CoursewareId[],
    };
  };
  yield* previewed(context, {
    learnerIds: items.map(({ learnerId }) => learnerId as LearnerId),
    change: (known) =>
      withFact(known, { kind: 'training', id }, decision === 'confirm' ? factOf(known) : null),
  });
}

/** What lies in a closed year is not changed, and so there is nothing to be seen before. */
async function requireOpen({ years }: PreviewContext, day: DayNumber): Promise<void> {
  const closed = await whileStoresAnswer(() => years.years());
  if (closed.some(({ year }) => year >= yearOf(day))) throw yearClosed(day);
}

/** An institute is told of its own roster, and of those who have enrolled with it. */
async function requireKnown(
  { people, trainings }: PreviewContext,
  organisationId: string | null,
  id: string,
  items: readonly Attendee[],
): Promise<void> {
  if (organisationId === null) return;
  const learnerIds = items.map(({ learnerId }) => learnerId as LearnerId);
  const [known, enrolled] = [
    await people.learnersNamed(learnerIds),
    await trainings.enrolledAmong(id, learnerIds),
  ];
  const errors = items.flatMap(({ learnerId }, index): Fault[] => {
    const isKnown =
      known.get(learnerId as LearnerId)?.organisationId === organisationId ||
      enrolled.has(learnerId as LearnerId);
    return isKnown
      ? []
      : [{ path: `/items/${index}/learnerId`, message: 'is of another institute and has not enrolled' }];
  });
  if (errors.length > 0)
    throw new Problem('forbidden', `${errors[0]?.path} ${errors[0]?.message}.`, { errors });
}
