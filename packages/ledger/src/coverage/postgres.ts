import { type Coverage, withMore } from '@watchledger/rules';
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

/** What waits for the next transaction; more of the same learner and courseware joins it. */
interface Waiting extends Report {
  more: Coverage;
  readonly answer: PromiseWithResolvers<Coverage>;
}

/** Rows of one transaction at most. */
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
  const waiting = new Map<string, Waiting>();
  const inTurn = createTurns();
  /** One at a time: two could want the same row. */
  const together = createLanes<Waiting>(1, maxBatch, async (batch) => {
    for (const each of batch) waiting.delete(keyOf(each));
    try {
      const added = await transactPostgres(heartbeats, (transaction) =>
        addToRows(transaction, batch, { skipLocked: true }),
      );
      for (const each of batch) each.answer.resolve(added.get(keyOf(each)) ?? alone(each));
    } catch (error) {
      for (const { answer } of batch) answer.reject(error);
    }
  });

  const alone = (report: Report): Promise<Coverage> =>
    inTurn(keyOf(report), () => transactPostgres(database, (transaction) => addAlone(transaction, report)));

  return {
    get: (learnerId, coursewareId) =>
      answeringPostgres(async () => toCoverage((await row.execute({ learnerId, coursewareId }))[0])),

    add: (learnerId, coursewareId, more) => {
      const key = keyOf({ learnerId, coursewareId });
      const before = waiting.get(key);
      if (before !== undefined) {
        before.more = withMore(before.more, more);
        return before.answer.promise;
      }
      const entry: Waiting = { learnerId, coursewareId, more, answer: Promise.withResolvers() };
      waiting.set(key, entry);
      together.add([entry]);
      return entry.answer.promise;
    },
  };
}
