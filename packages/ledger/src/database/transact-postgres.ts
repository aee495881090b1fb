import { setTimeout as pause } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { backOff, PATIENCE_MS } from './back-off.ts';
import type { PostgresDatabase } from './postgres.ts';
import { explainedPostgres, isPassing, sparesConnection } from './postgres-problems.ts';
import { LedgerUnavailable } from './problems.ts';

/** A connection on which a transaction is under way: `client` for statements by hand, `orm` for everything else. */
export interface PostgresTransaction {
  readonly client: pg.PoolClient;
  readonly orm: NodePgDatabase;
}

/**
 * Runs one whole command in a transaction: all of it is on disk, or none. Where another transaction stood in its
 * way it runs again, so `work` may run more than once. Rejects with `LedgerUnavailable`.
 */
export async function transactPostgres<Result>(
  { pool }: PostgresDatabase,
  work: (transaction: PostgresTransaction) => Promise<Result>,
): Promise<Result> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  const pauses = backOff();
  for (;;) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (!isPassing(error) || performance.now() >= giveUpAt) throw explainedPostgres(error);
    }
    await pause(pauses.next() * Math.random());
  }
}

/** One writer at a time of what many learners depend on, as in SQLite: courseware, policies, their audit trail. */
export function transactAlone<Result>(
  database: PostgresDatabase,
  work: (transaction: PostgresTransaction) => Promise<Result>,
): Promise<Result> {
  return transactPostgres(database, async (transaction) => {
    await transaction.client.query('select pg_advisory_xact_lock($1)', [ONE_ADMINISTRATOR]);
    return work(transaction);
  });
}

/** Any number that nobody else locks. */
const ONE_ADMINISTRATOR = 7_041_001;

/** Gives the answer of a read or a single statement, its failures as those of an adapter. */
export async function answeringPostgres<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explainedPostgres(error);
  }
}

async function once<Result>(
  pool: pg.Pool,
  work: (transaction: PostgresTransaction) => Promise<Result>,
): Promise<Result> {
  const client = await connected(pool);
  let broken = false;
  try {
    await client.query('begin');
    const result = await work({ client, orm: drizzle({ client }) });
    await client.query('commit');
    return result;
  } catch (error) {
    broken = !sparesConnection(error) || !(await rolledBack(client));
    throw error;
  } finally {
    // A connection of which nobody knows what it does must not serve anybody else.
    client.release(broken);
  }
}

/** Whatever keeps a connection from being had is no fault of the command. */
async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new LedgerUnavailable('failed', error);
  }
}

function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}
