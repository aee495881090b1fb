import { type Instant, instant } from '@watchledger/rules';
import { inArray } from 'drizzle-orm';
import { chunks } from '../database/upsert.ts';
import { type Place, rows, type Work } from '../database/work.ts';

/**
 * Answers the moment of a decision about a learner: later than all that they have read, also where they read while it
 * waited its turn. So no decision is missed.
 */
export function* newsFor(
  { orm, tables: { noticesRead } }: Place,
  learnerIds: Iterable<string>,
  at: Instant,
): Work<(learnerId: string) => Instant> {
  const readUntil = new Map<string, number>();
  for (const some of chunks([...new Set(learnerIds)], 500)) {
    const read = yield* rows(
      orm
        .select()
        .from(noticesRead)
        .where(inArray(noticesRead.learnerId, [...some])),
    );
    for (const each of read) readUntil.set(each.learnerId, each.readUntil);
  }
  return (learnerId) => instant(Math.max(at, (readUntil.get(learnerId) ?? -1) + 1));
}
