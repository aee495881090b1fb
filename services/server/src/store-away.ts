import { LedgerUnavailable } from '@watchledger/ledger';
import { LockUnavailable } from '@watchledger/lock';

/** What a store that is away said, also where a problem for a client was made of it; null: it is no such error. */
export function storeAway(error: unknown): LedgerUnavailable | LockUnavailable | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof LedgerUnavailable || each instanceof LockUnavailable) return each;
  }
  return null;
}
