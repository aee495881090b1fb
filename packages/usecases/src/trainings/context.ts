import type { ActivitiesLedger, EnrolmentsLedger, PeopleLedger, TrainingsLedger } from '@watchledger/ledger';
import type { Calendar, Instant } from '@watchledger/rules';
import type { PolicyInForce } from '../policy/policy-in-force.ts';

/** What the use-cases of trainings need. */
export interface TrainingsContext {
  readonly trainings: TrainingsLedger;
  readonly enrolments: EnrolmentsLedger;
  readonly activities: Pick<ActivitiesLedger, 'similar'>;
  readonly people: Pick<PeopleLedger, 'learner' | 'learnersNamed'>;
  readonly calendar: Calendar;
  readonly policyInForce: PolicyInForce;
  readonly now: () => Instant;
}
