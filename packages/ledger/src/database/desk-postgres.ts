import { type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { trace } from '../audit/postgres.ts';
import * as tables from '../schema/postgres.ts';
import type * as sqliteTables from '../schema/sqlite.ts';
import type { Desk } from './desk.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PostgresDatabase } from './postgres.ts';
import { type PostgresTransaction, transactAlone, transactPostgres } from './transact-postgres.ts';
import type { Place, Step, Work } from './work.ts';

/** The desk in PostgreSQL. */
export function createPostgresDesk(database: PostgresDatabase): Desk {
  // The database runs them one at a time anyway: waiting here keeps connections for viewing.
  const inTurn = oneAtATime(MOST_WAITING);
  return {
    command: (work) =>
      inTurn(() => transactAlone(database, (transaction) => finish(work(placeIn(transaction)), transaction))),
    read: (work) => atOneMoment(database, (transaction) => finish(work(placeIn(transaction)), transaction)),
    snapshot: (work) =>
      atOneMoment(database, (transaction) =>
        work({ read: (reading) => finish(reading(placeIn(transaction)), transaction) }),
      ),
  };
}

function atOneMoment<Result>(
  database: PostgresDatabase,
  read: (transaction: PostgresTransaction) => Promise<Result>,
): Promise<Result> {
  return transactPostgres(database, async (transaction) => {
    await transaction.client.query('set transaction isolation level repeatable read read only');
    return read(transaction);
  });
}

/** About two seconds of commands. */
const MOST_WAITING = 500;

const holds = (column: SQL | { getSQL(): SQL }, pattern: string) =>
  sql`${column} ilike ${pattern} escape '\\'`;

/** The statements that works build are those that drizzle has for both databases alike. */
function placeIn({ orm }: PostgresTransaction): Place {
  return {
    orm: orm as unknown as BetterSQLite3Database,
    tables: tables as unknown as typeof sqliteTables,
    holds,
  };
}

async function finish<Result>(work: Work<Result>, transaction: PostgresTransaction): Promise<Result> {
  let step = work.next();
  while (!step.done) step = work.next(await perform(step.value, transaction));
  return step.value;
}

function perform(step: Step, transaction: PostgresTransaction): unknown {
  if (step.kind === 'trace') return trace(transaction, step.changes);
  // Of PostgreSQL, drizzle's statements are promises.
  return step.statement;
}
