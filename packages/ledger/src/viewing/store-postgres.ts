import type { SessionId } from '@watchledger/rules';
import type { PostgresDatabase } from '../database/postgres.ts';
import { explainedPostgres, isRefusedData } from '../database/postgres-problems.ts';
import { transactPostgres } from '../database/transact-postgres.ts';
import { advanceTogether } from './advance-postgres.ts';
import type { Progress } from './port.ts';
import type { ProgressStore, Settlement } from './progress-writer.ts';
import { resolveTogether } from './resolve-postgres.ts';

type Settled = Map<SessionId, Settlement>;

/** Stores totals in PostgreSQL: one statement for all, and a transaction for those that do not simply advance. */
export function createPostgresProgressStore(database: PostgresDatabase): ProgressStore {
  async function advance(some: readonly Progress[], settled: Settled): Promise<void> {
    for (const { sessionId, ...revisions } of await advanceTogether(database.pool, some))
      settled.set(sessionId, { outcome: 'recorded', ...revisions });
  }

  /** Answers those that are sealed, and so must be resolved alone. */
  async function resolve(some: readonly Progress[], settled: Settled, alone: boolean): Promise<SessionId[]> {
    const resolved = await transactPostgres(database, (transaction) =>
      resolveTogether(transaction, some, { alone }),
    );
    for (const [sessionId, each] of resolved) if (typeof each === 'object') settled.set(sessionId, each);
    return [...resolved].filter(([, each]) => each === 'sealed').map(([sessionId]) => sessionId);
  }

  return {
    advance: async (progresses) => {
      const settled: Settled = new Map();
      await apartIfRefused(progresses, settled, (some) => advance(some, settled));
      return settled;
    },

    resolve: async (progresses) => {
      const settled: Settled = new Map();
      const sealed = new Set<SessionId>();
      await apartIfRefused(progresses, settled, async (some) => {
        for (const sessionId of await resolve(some, settled, false)) sealed.add(sessionId);
      });
      for (const progress of progresses)
        if (sealed.has(progress.sessionId))
          await apartIfRefused(
            [progress],
            settled,
            async (some) => void (await resolve(some, settled, true)),
          );
      return settled;
    },
  };
}

/** Stores together; where one row carries what the schema refuses, apart, so that it takes no other with it. */
async function apartIfRefused(
  some: readonly Progress[],
  settled: Settled,
  store: (some: readonly Progress[]) => Promise<void>,
): Promise<void> {
  try {
    await store(some);
  } catch (error) {
    if (isRefusedData(error) && some.length > 1) {
      const half = Math.ceil(some.length / 2);
      await apartIfRefused(some.slice(0, half), settled, store);
      await apartIfRefused(some.slice(half), settled, store);
    } else {
      const failure = explainedPostgres(error);
      for (const { sessionId } of some) settled.set(sessionId, { failure });
    }
  }
}
