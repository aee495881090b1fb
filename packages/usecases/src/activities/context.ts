import type { ActivitiesLedger, EvidenceLedger, PeopleLedger } from '@watchledger/ledger';
import type { Calendar, Instant } from '@watchledger/rules';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { EvidenceStore } from './evidence-store.ts';

/** What the use-cases of activities need. */
export interface ActivitiesContext {
  readonly activities: ActivitiesLedger;
  readonly evidence: EvidenceLedger;
  readonly evidenceStore: EvidenceStore;
  readonly people: PeopleLedger;
  readonly calendar: Calendar;
  readonly policyInForce: PolicyInForce;
  readonly now: () => Instant;
}
