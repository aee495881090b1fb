import type { CreditsLedger, PeopleLedger, ViewingLedger } from '@watchledger/ledger';
import type { Calendar, Instant, LearnerId, Policy } from '@watchledger/rules';
import type { PolicyInForce } from '../policy/policy-in-force.ts';

/** What the use-cases of credits need. */
export interface CreditsContext {
  readonly credits: CreditsLedger;
  readonly viewing: Pick<ViewingLedger, 'session' | 'turnsOf'>;
  readonly people: Pick<PeopleLedger, 'learner' | 'learnersNamed'>;
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly policyInForce: PolicyInForce;
  /** This machine's clock: tells the present year. */
  readonly now: () => Instant;
  /** The clock of a learner's lock: tells whether a session still holds it. */
  readonly lockTime: (learnerId: LearnerId) => Promise<Instant>;
}
