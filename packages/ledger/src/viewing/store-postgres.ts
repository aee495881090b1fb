import type { SessionId } from '@watchledger/rules';
import type { PostgresDatabase } from '../database/postgres.ts';
import { explainedPostgres, isRefusedData } from '../database/postgres-problems.ts';
import { transactPostgres } from '../database/transact-postgres.ts';
import { advanceTogether } from './advance-postgres.ts';
import type { Progress } from './port.ts';
import type { Settlement } from './progress-writer.ts';
import { resolveTogether } from './resolve-postgres.ts';

/**
 * Stores the totals of some sessions: the fast way for all, then what did not simply advance, then what sealed
 * sessions still get. Never rejects: what failed is told of each session it concerns, and the others stand.
 */
export async function storeProgress(
  database: PostgresDatabase,
  progresses: readonly Progress[],
): Promise<ReadonlyMap<SessionId, Settlement>> {
  const settled = new Map<SessionId, Settlement>();
  const unsettled = () => progresses.filter(({ sessionId }) => !settled.has(sessionId));

  async function attempt(
    some: readonly Progress[],
    run: (some: readonly Progress[]) => Promise<void>,
  ): Promise<void> {
    if (some.length === 0) return;
    try {
      await run(some);
    } catch (error) {
      // One of them carries what the schema refuses. It must not take the others with it.
      if (isRefusedData(error) && some.length > 1) {
        const half = Math.ceil(some.length / 2);
        await attempt(some.slice(0, half), run);
        await attempt(some.slice(half), run);
      } else {
        const failure = explainedPostgres(error);
        for (const { sessionId } of some) settled.set(sessionId, { failure });
      }
    }
  }

  function resolve(some: readonly Progress[], alone: boolean): Promise<void> {
    return attempt(some, async (these) => {
      const resolved = await transactPostgres(database, (transaction) =>
        resolveTogether(transaction, these, { alone }),
      );
      for (const [sessionId, each] of resolved) if (each !== 'deferred') settled.set(sessionId, each);
    });
  }

  await attempt(progresses, async (some) => {
    for (const { sessionId, ...revisions } of await advanceTogether(database.pool, some))
      settled.set(sessionId, { outcome: 'recorded', ...revisions });
  });
  await resolve(unsettled(), false);
  for (const progress of unsettled()) await resolve([progress], true);
  return settled;
}
