import { instant, type LearnerId, milliseconds } from '@watchledger/rules';
import { and, asc, count, eq, inArray, type SQL } from 'drizzle-orm';
import { chunks, upsert } from '../database/upsert.ts';
import { first, type Place, rows, type Work } from '../database/work.ts';
import type * as tables from '../schema/sqlite.ts';
import { type TrainingRow, trainingOf } from '../trainings/rows.ts';
import type { Attendee, StoredEnrolment } from './port.ts';

export type EnrolmentRow = typeof tables.enrolments.$inferSelect;

export function enrolmentRow(
  { orm, tables: { enrolments } }: Place,
  trainingId: string,
  learnerId: LearnerId,
): Work<EnrolmentRow | undefined> {
  return first(
    orm
      .select()
      .from(enrolments)
      .where(and(eq(enrolments.trainingId, trainingId), eq(enrolments.learnerId, learnerId))),
  );
}

/** Of some learners, by their ids. */
export function* enrolmentRows(
  { orm, tables: { enrolments } }: Place,
  trainingId: string,
  learnerIds: readonly LearnerId[],
): Work<ReadonlyMap<string, EnrolmentRow>> {
  const found = new Map<string, EnrolmentRow>();
  for (const some of chunks(learnerIds, 500)) {
    const ofSome = and(eq(enrolments.trainingId, trainingId), inArray(enrolments.learnerId, [...some]));
    for (const row of yield* rows(orm.select().from(enrolments).where(ofSome))) found.set(row.learnerId, row);
  }
  return found;
}

export function* enrolmentsWhere(
  { orm, tables: { enrolments, trainings } }: Place,
  condition: SQL | undefined,
  order: SQL[],
  limit = Number.MAX_SAFE_INTEGER,
): Work<StoredEnrolment[]> {
  const found = yield* rows(
    orm
      .select({ training: trainings, enrolment: enrolments })
      .from(enrolments)
      .innerJoin(trainings, eq(trainings.trainingId, enrolments.trainingId))
      .where(condition)
      .orderBy(...order)
      .limit(limit),
  );
  return found.map(({ training, enrolment }) => enrolmentOf(training, enrolment));
}

/** Who is confirmed in a training. */
export function* confirmed({ orm, tables: { enrolments } }: Place, trainingId: string): Work<Attendee[]> {
  const found = yield* rows(
    orm
      .select()
      .from(enrolments)
      .where(and(eq(enrolments.trainingId, trainingId), eq(enrolments.state, 'confirmed')))
      .orderBy(asc(enrolments.learnerId)),
  );
  const hours = (ms: number | null) => (ms === null ? null : milliseconds(ms));
  return found.map(({ learnerId, onlineMs, offlineMs }) => ({
    learnerId: learnerId as LearnerId,
    onlineMs: hours(onlineMs),
    offlineMs: hours(offlineMs),
  }));
}

/** How many places are taken. */
export function* taken({ orm, tables: { enrolments } }: Place, trainingId: string): Work<number> {
  const sum = yield* first(
    orm
      .select({ places: count() })
      .from(enrolments)
      .where(
        and(eq(enrolments.trainingId, trainingId), inArray(enrolments.state, ['enrolled', 'confirmed'])),
      ),
  );
  return sum?.places ?? 0;
}

/** What enrolling makes. */
export const enrolled = (trainingId: string, learnerId: LearnerId, at: number): EnrolmentRow => ({
  trainingId,
  learnerId,
  state: 'enrolled',
  onlineMs: null,
  offlineMs: null,
  comment: null,
  decidedBy: null,
  decidedAt: null,
  rating: null,
  enrolledAt: at,
  updatedAt: at,
});

export function writeEnrolments(place: Place, written: readonly EnrolmentRow[]): Work<void> {
  const { enrolments } = place.tables;
  return upsert(place, enrolments, [enrolments.trainingId, enrolments.learnerId], written);
}

export function enrolmentOf(training: TrainingRow, row: EnrolmentRow): StoredEnrolment {
  return {
    training: trainingOf(training),
    learnerId: row.learnerId as LearnerId,
    state: row.state,
    onlineMs: milliseconds(row.onlineMs ?? training.onlineMs),
    offlineMs: milliseconds(row.offlineMs ?? training.offlineMs),
    comment: row.comment,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt === null ? null : instant(row.decidedAt),
    rating: row.rating,
    enrolledAt: instant(row.enrolledAt),
  };
}
