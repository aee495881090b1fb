import { setTimeout as pause } from 'node:timers/promises';
import { backOff, PATIENCE_MS } from './back-off.ts';
import { concernsTheStore, isBusy, LedgerUnavailable, unavailability } from './problems.ts';
import type { SqliteDatabase } from './sqlite.ts';

/**
 * Runs one whole command in a write transaction: all of it is on disk, or none. While another process writes it
 * is tried again, so `work` may run more than once. Rejects with `LedgerUnavailable`.
 */
export async function transact<Result>({ client }: SqliteDatabase, work: () => Result): Promise<Result> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  const pauses = backOff();
  for (;;) {
    try {
      return client.transaction(work).immediate();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw explained(error);
    }
    await pause(pauses.next());
  }
}

/** Gives the answer of a synchronous read or write, its failures as those of an adapter. */
export async function answering<Result>(work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    throw explained(error);
  }
}

function explained(error: unknown): unknown {
  return concernsTheStore(error) ? new LedgerUnavailable(unavailability(error), error) : error;
}
