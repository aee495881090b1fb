import { Problem } from '@watchledger/contract';
import { LedgerUnavailable } from '@watchledger/ledger';
import { LockUnavailable } from '@watchledger/lock';
import { OutsideDayWindow } from '@watchledger/rules';

/** Nothing was acknowledged; the same request may be sent again and does no harm. */
export function unavailable(detail: string, retryAfterSeconds = 1, cause?: unknown): Problem {
  const options = cause === undefined ? undefined : { cause };
  return new Problem('unavailable', detail, { retryAfterSeconds }, options);
}

/** Runs a viewing command; a store that is away becomes the problem that tells the client to come again. */
export async function whileStoresAnswer<Result>(command: () => Promise<Result>): Promise<Result> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof LockUnavailable) throw unavailable('The lock store does not answer now.', 2, error);
    if (error instanceof LedgerUnavailable) throw unavailable('The database does not answer now.', 2, error);
    if (error instanceof OutsideDayWindow)
      throw unavailable('The clocks of the service disagree.', 30, error);
    throw error;
  }
}
