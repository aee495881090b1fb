import { type DayNumber, type Instant, yearOf } from '@watchledger/rules';
import { and, gt, gte, isNotNull, or } from 'drizzle-orm';
import { first, type Place, rows, type Work } from '../database/work.ts';
import { CLOSING_STALE_MS } from './port.ts';

/** Whether nothing may be dated on this day any more: its year, or a later one, is closed or being closed (R8). */
export function* isClosed(place: Place, day: DayNumber, at: Instant): Work<boolean> {
  const { closedYears } = place.tables;
  const closed = yield* first(
    place.orm
      .select({ year: closedYears.year })
      .from(closedYears)
      .where(and(gte(closedYears.year, yearOf(day)), shuts(place, at)))
      .limit(1),
  );
  return closed !== undefined;
}

/** The last year in which nothing may be dated any more; null: there is none. */
export function* lastClosedYear(place: Place, at: Instant): Work<number | null> {
  const { closedYears } = place.tables;
  const closed = yield* rows(
    place.orm.select({ year: closedYears.year }).from(closedYears).where(shuts(place, at)),
  );
  return closed.length === 0 ? null : Math.max(...closed.map(({ year }) => year));
}

/** Whether a row keeps its year shut: a closing whose process is gone must not refuse decisions for ever. */
const shuts = ({ tables: { closedYears } }: Place, at: Instant) =>
  or(isNotNull(closedYears.closedAt), gt(closedYears.steppedAt, at - CLOSING_STALE_MS));
