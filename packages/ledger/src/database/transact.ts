import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { concernsTheStore, LedgerUnavailable, unavailability } from './problems.ts';
import type { SqliteDatabase } from './sqlite.ts';

/** What one whole command may do within its transaction. */
export type Transaction = Parameters<Parameters<BetterSQLite3Database['transaction']>[0]>[0];

/** Runs one whole command in a write transaction: all of it is on disk, or none. Rejects with `LedgerUnavailable`. */
export function transact<Result>(
  database: SqliteDatabase,
  work: (transaction: Transaction) => Result,
): Promise<Result> {
  return answering(() => database.orm.transaction(work, { behavior: 'immediate' }));
}

/** Gives the answer of a synchronous read or write, its failures as those of an adapter. */
export async function answering<Result>(work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    if (concernsTheStore(error)) throw new LedgerUnavailable(unavailability(error), error);
    throw error;
  }
}
