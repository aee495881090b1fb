import { WatchLedgerError } from '@watchledger/client';

/** What was asked for; null: there is no such thing, or not for this person. */
export async function unlessGone<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WatchLedgerError && error.status === 404) return null;
    throw error;
  }
}
