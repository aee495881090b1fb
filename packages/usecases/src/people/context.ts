import type { PeopleLedger } from '@watchledger/ledger';
import type { Instant } from '@watchledger/rules';

/** What the use-cases of the roster need. */
export interface PeopleContext {
  readonly people: PeopleLedger;
  readonly now: () => Instant;
}
