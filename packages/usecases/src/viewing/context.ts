import type { CoursewareLedger, CoverageLedger, CreditsLedger, ViewingLedger } from '@watchledger/ledger';
import type { LockTerms, ViewingLock } from '@watchledger/lock';
import type { DayWindow, Instant, Policy } from '@watchledger/rules';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Standings } from './standings.ts';

/** What the viewing use-cases work with. */
export interface ViewingContext {
  readonly policy: Policy;
  readonly policyInForce: PolicyInForce;
  readonly terms: LockTerms;
  readonly daysAround: (moment: Instant) => DayWindow;
  readonly lock: ViewingLock;
  readonly viewing: ViewingLedger;
  readonly courseware: CoursewareLedger;
  readonly credits: CreditsLedger;
  readonly coverage: CoverageLedger;
  readonly standings: Standings;
}
