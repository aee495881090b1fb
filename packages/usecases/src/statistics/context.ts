import type { PeopleLedger, PlayedLedger } from '@watchledger/ledger';
import type { CreditsContext } from '../credits/context.ts';
import type { Remembered } from './remembered.ts';
import type { Survey } from './survey.ts';

/** What statistics need. */
export interface StatisticsContext
  extends Pick<CreditsContext, 'credits' | 'policy' | 'calendar' | 'policyInForce' | 'now'> {
  readonly people: Pick<PeopleLedger, 'learners' | 'organisations'>;
  readonly played: PlayedLedger;
  /** By year. */
  readonly surveys: Remembered<number, Survey>;
}
