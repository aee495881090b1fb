import type { ActivitiesLedger, EnrolmentsLedger, ExamsLedger } from '@watchledger/ledger';
import type { CreditsContext } from '../credits/context.ts';

/** What the use-cases of records need. */
export interface RecordContext extends CreditsContext {
  readonly activities: Pick<ActivitiesLedger, 'approvedWithin'>;
  readonly enrolments: Pick<EnrolmentsLedger, 'confirmedWithin'>;
  readonly exams: Pick<ExamsLedger, 'takenWithin'>;
}
