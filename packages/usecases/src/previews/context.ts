import type { ActivitiesLedger, ConcernedLedger, TrainingsLedger, YearsLedger } from '@watchledger/ledger';
import type { CreditsContext } from '../credits/context.ts';

/** What the use-cases of previews need. */
export interface PreviewContext extends CreditsContext {
  readonly years: Pick<YearsLedger, 'years'>;
  readonly concerned: ConcernedLedger;
  readonly activities: Pick<ActivitiesLedger, 'activity'>;
  readonly trainings: Pick<TrainingsLedger, 'confirmed' | 'shown' | 'enrolledAmong'>;
}
