import type { Instant } from '@watchledger/rules';
import { chunks } from '../database/upsert.ts';
import { type Place, run, type Work } from '../database/work.ts';

/** From now on these learners are among those whose credits are listed. */
export function* known(
  { orm, tables: { learners } }: Place,
  learnerIds: Iterable<string>,
  at: Instant,
): Work<void> {
  for (const some of chunks([...new Set(learnerIds)], 500)) {
    const rows = some.map((learnerId) => ({ learnerId, firstSeenAt: at }));
    yield* run(orm.insert(learners).values(rows).onConflictDoNothing());
  }
}
