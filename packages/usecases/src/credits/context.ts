import type { CreditsLedger } from '@watchledger/ledger';
import type { Calendar, Instant, Policy } from '@watchledger/rules';

/** What the use-cases of credits need. */
export interface CreditsContext {
  readonly credits: CreditsLedger;
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly now: () => Instant;
}
