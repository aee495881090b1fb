import type { CoursewareLedger, PeopleLedger, YearsLedger } from '@watchledger/ledger';
import type { CreditsContext } from '../credits/context.ts';

/** What the use-cases of years need. */
export interface YearsContext extends CreditsContext {
  readonly years: YearsLedger;
  readonly people: Pick<PeopleLedger, 'learner' | 'learners' | 'learnersNamed'>;
  readonly courseware: Pick<CoursewareLedger, 'sharedRevision'>;
}
