import { dayNumber, type LearnerId, milliseconds } from '@watchledger/rules';
import { and, asc, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import { chunks } from '../database/upsert.ts';
import { type Place, rows, type Work } from '../database/work.ts';
import type { SimilarStored, StudyEvent } from './port.ts';

/** What else these learners have on the days of an event, or by its title (T20). */
export function* similarTo(
  place: Place,
  event: StudyEvent,
  learnerIds: readonly LearnerId[],
): Work<SimilarStored[]> {
  const found: SimilarStored[] = [];
  for (const some of chunks(learnerIds, 500)) {
    found.push(...(yield* declaredLike(place, event, some)));
    found.push(...(yield* attendedLike(place, event, some)));
  }
  return found.filter((each) => each.what !== event.what || each.id !== event.id);
}

const titled = (title: SQL | { getSQL(): SQL }, { title: wanted }: StudyEvent): SQL =>
  sql`lower(${title}) = lower(${wanted})`;

function* declaredLike(
  { orm, tables: { activities } }: Place,
  event: StudyEvent,
  learnerIds: readonly LearnerId[],
): Work<SimilarStored[]> {
  const sameDays = and(lte(activities.fromDay, event.toDay), gte(activities.toDay, event.fromDay));
  const found = yield* rows(
    orm
      .select()
      .from(activities)
      .where(
        and(
          inArray(activities.learnerId, [...learnerIds]),
          inArray(activities.state, ['submitted', 'approved']),
          or(sameDays, titled(activities.title, event)),
        ),
      )
      .orderBy(asc(activities.activityId)),
  );
  return found.map((row) => ({
    learnerId: row.learnerId as LearnerId,
    what: 'activity',
    id: row.activityId,
    title: row.title,
    fromDay: dayNumber(row.fromDay),
    toDay: dayNumber(row.toDay),
    state: row.state,
    ms: milliseconds(row.grantedMs ?? row.declaredMs),
  }));
}

function* attendedLike(
  { orm, tables: { enrolments, trainings } }: Place,
  event: StudyEvent,
  learnerIds: readonly LearnerId[],
): Work<SimilarStored[]> {
  // How many days before its last one an event began, to a day.
  const days = sql`((${trainings.endsAt} - ${trainings.startsAt}) / 86400000)`;
  const sameDays = and(
    gte(trainings.endDay, event.fromDay),
    sql`${trainings.endDay} - ${days} <= ${event.toDay}`,
  );
  const found = yield* rows(
    orm
      .select({ training: trainings, enrolment: enrolments })
      .from(enrolments)
      .innerJoin(trainings, eq(trainings.trainingId, enrolments.trainingId))
      .where(
        and(
          inArray(enrolments.learnerId, [...learnerIds]),
          inArray(enrolments.state, ['enrolled', 'confirmed']),
          or(sameDays, titled(trainings.title, event)),
        ),
      )
      .orderBy(asc(trainings.trainingId)),
  );
  return found.map(({ training, enrolment }) => ({
    learnerId: enrolment.learnerId as LearnerId,
    what: 'training',
    id: training.trainingId,
    title: training.title,
    fromDay: dayNumber(training.endDay - Math.floor((training.endsAt - training.startsAt) / 86_400_000)),
    toDay: dayNumber(training.endDay),
    state: enrolment.state,
    ms: milliseconds((enrolment.onlineMs ?? training.onlineMs) + (enrolment.offlineMs ?? training.offlineMs)),
  }));
}
