import { type DayNumber, yearOf } from '@watchledger/rules';
import { gte } from 'drizzle-orm';
import { first, type Place, rows, type Work } from '../database/work.ts';

/** Whether nothing may be dated on this day any more: its year, or a later one, is closed or being closed (R8). */
export function* isClosed({ orm, tables: { closedYears } }: Place, day: DayNumber): Work<boolean> {
  const closed = yield* first(
    orm
      .select({ year: closedYears.year })
      .from(closedYears)
      .where(gte(closedYears.year, yearOf(day)))
      .limit(1),
  );
  return closed !== undefined;
}

/** The last year in which nothing may be dated any more; null: there is none. */
export function* lastClosedYear({ orm, tables: { closedYears } }: Place): Work<number | null> {
  const closed = yield* rows(orm.select({ year: closedYears.year }).from(closedYears));
  return closed.length === 0 ? null : Math.max(...closed.map(({ year }) => year));
}
