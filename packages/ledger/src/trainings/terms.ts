import { and, count, isNotNull, isNull } from 'drizzle-orm';
import { type Place, rows, type Work } from '../database/work.ts';
import type * as tables from '../schema/sqlite.ts';
import type { TrainingTerm } from './port.ts';

/** The words in a column of trainings that were not taken away, in the order of names. */
export function* termsIn(
  { orm, tables: { trainings } }: Place,
  column: typeof tables.trainings.type | typeof tables.trainings.category,
): Work<TrainingTerm[]> {
  const found = yield* rows(
    orm
      .select({ name: column, count: count() })
      .from(trainings)
      .where(and(isNull(trainings.hiddenAt), isNotNull(column)))
      .groupBy(column),
  );
  return found
    .flatMap(({ name, count }) => (name === null ? [] : { name, count }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
