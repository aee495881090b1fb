import type { AccountingYear } from '@watchledger/contract';
import type { StoredYear } from '@watchledger/ledger';
import { rfc3339 } from '../moments/rfc3339.ts';

/** A year as the contract shows it; one that nobody has closed is open. */
export function yearShape(year: number, stored: readonly StoredYear[]): AccountingYear {
  const found = stored.find((each) => each.year === year);
  if (found === undefined)
    return { year, state: 'open', closedAt: null, closedBy: null, learners: null, checksum: null };
  const { closedAt, closedBy, learners, checksum } = found;
  if (closedAt === null)
    return { year, state: 'closing', closedAt: null, closedBy, learners: null, checksum: null };
  return { year, state: 'closed', closedAt: rfc3339(closedAt), closedBy, learners, checksum };
}
