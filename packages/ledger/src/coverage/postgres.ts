import type { Coverage } from '@watchledger/rules';
import { and, eq, sql } from 'drizzle-orm';
import { createLanes } from '../database/lanes.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { answeringPostgres, transactPostgres } from '../database/transact-postgres.ts';
import { createTurns } from '../database/turns.ts';
import { coverage } from '../schema/postgres.ts';
import { addAlone, addToRows, keyOf, type Report } from './add-postgres.ts';
import type { CoverageLedger } from './port.ts';
import { toCoverage } from './rows.ts';

export interface PostgresCoverageOptions {
  /** Connections for heartbeats alone, so that a rush of openings does not make them wait; absent: the others. */
  readonly heartbeats?: PostgresDatabase;
}

interface Waiting extends Report {
  resolve(all: Coverage): void;
  reject(reason: unknown): void;
}

/** Reports that are stored together at most. */
const maxBatch = 1_000;

/** Coverage in PostgreSQL: one transaction for all reports that wait at the same time. */
export function createPostgresCoverage(
  database: PostgresDatabase,
  { heartbeats = database }: PostgresCoverageOptions = {},
): CoverageLedger {
  const row = database.orm
    .select()
    .from(coverage)
    .where(
      and(
        eq(coverage.learnerId, sql.placeholder('learnerId')),
        eq(coverage.coursewareId, sql.placeholder('coursewareId')),
      ),
    )
    .prepare('coverage_of_learner');
  const inTurn = createTurns();
  /** One at a time: two could want the same row. */
  const together = createLanes<Waiting>(1, maxBatch, async (batch) => {
    try {
      const added = await transactPostgres(heartbeats, (transaction) =>
        addToRows(transaction, batch, { skipLocked: true }),
      );
      for (const waiting of batch) {
        const all = added.get(keyOf(waiting));
        if (all === undefined) alone(waiting);
        else waiting.resolve(all);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  });

  function alone(waiting: Waiting): void {
    inTurn(waiting.learnerId, () =>
      transactPostgres(database, (transaction) => addAlone(transaction, waiting)),
    ).then(waiting.resolve, waiting.reject);
  }

  return {
    get: (learnerId, coursewareId) =>
      answeringPostgres(async () => toCoverage((await row.execute({ learnerId, coursewareId }))[0])),

    add: (learnerId, coursewareId, more) =>
      new Promise((resolve, reject) => together.add([{ learnerId, coursewareId, more, resolve, reject }])),
  };
}
