import { LedgerUnavailable } from '@watchledger/ledger';
import { LockUnavailable } from '@watchledger/lock';
import { EvidenceUnavailable } from '@watchledger/usecases';

type StoreAway = LedgerUnavailable | LockUnavailable | EvidenceUnavailable;

/** What a store that is away said, also where a problem for a client was made of it; null: it is no such error. */
export function storeAway(error: unknown): StoreAway | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (kinds.some((kind) => each instanceof kind)) return each as StoreAway;
  }
  return null;
}

const kinds = [LedgerUnavailable, LockUnavailable, EvidenceUnavailable];
