import type { AccountingYear } from '@watchledger/contract';
import { isGivenUp, type StoredYear } from '@watchledger/ledger';
import type { Instant } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';

/** A year as the contract shows it at a moment; one that nobody has closed, or of which the closing was given up, is open. */
export function yearShape(year: number, stored: readonly StoredYear[], at: Instant): AccountingYear {
  const open = { closedAt: null, closedBy: null, learners: null, checksum: null };
  const found = stored.find((each) => each.year === year);
  if (found === undefined) return { year, state: 'open', ...open };
  const { closedAt, closedBy, learners, checksum } = found;
  if (closedAt !== null)
    return { year, state: 'closed', closedAt: rfc3339(closedAt), closedBy, learners, checksum };
  return isGivenUp(found, at)
    ? { year, state: 'open', ...open }
    : { year, state: 'closing', ...open, closedBy };
}
