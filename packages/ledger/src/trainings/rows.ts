import { dayNumber, instant, milliseconds } from '@watchledger/rules';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { chunks } from '../database/upsert.ts';
import { first, type Place, rows, type Work } from '../database/work.ts';
import type * as tables from '../schema/sqlite.ts';
import type { StoredTraining } from './port.ts';

export type TrainingRow = typeof tables.trainings.$inferSelect;

/** One that was not taken away. */
export function* visible(
  { orm, tables: { trainings } }: Place,
  trainingId: string,
): Work<TrainingRow | undefined> {
  return yield* first(
    orm
      .select()
      .from(trainings)
      .where(and(eq(trainings.trainingId, trainingId), isNull(trainings.hiddenAt))),
  );
}

/** Of some of them, also those that were taken away. */
export function* trainingRows(
  { orm, tables: { trainings } }: Place,
  ids: readonly string[],
): Work<ReadonlyMap<string, TrainingRow>> {
  const found = new Map<string, TrainingRow>();
  for (const some of chunks(ids, 500)) {
    const known = yield* rows(
      orm
        .select()
        .from(trainings)
        .where(inArray(trainings.trainingId, [...some])),
    );
    for (const row of known) found.set(row.trainingId, row);
  }
  return found;
}

/** Headquarters may change everybody's; a training that is not there is anybody's to make. */
export const isTheirs = (row: TrainingRow | undefined, organisationId: string | null): boolean =>
  organisationId === null || row === undefined || row.organisationId === organisationId;

export function trainingOf({ hiddenAt: _, ...row }: TrainingRow): StoredTraining {
  return {
    ...row,
    onlineMs: milliseconds(row.onlineMs),
    offlineMs: milliseconds(row.offlineMs),
    startsAt: instant(row.startsAt),
    endsAt: instant(row.endsAt),
    endDay: dayNumber(row.endDay),
    enrolFrom: row.enrolFrom === null ? null : instant(row.enrolFrom),
    enrolUntil: row.enrolUntil === null ? null : instant(row.enrolUntil),
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}
