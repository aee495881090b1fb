import { concernsTheStore, LedgerUnavailable, unavailability } from './problems.ts';
import type { SqliteDatabase } from './sqlite.ts';

/** Runs one whole command in a write transaction: all of it is on disk, or none. Rejects with `LedgerUnavailable`. */
export function transact<Result>({ client }: SqliteDatabase, work: () => Result): Promise<Result> {
  return answering(() => client.transaction(work).immediate());
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
