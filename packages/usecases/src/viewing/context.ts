import type { CoursewareLedger, CreditsLedger, ViewingLedger } from '@watchledger/ledger';
import type { LockTerms, ViewingLock } from '@watchledger/lock';
import type { Calendar, DayWindow, Instant, Policy } from '@watchledger/rules';
import type { Standings } from './standings.ts';

/** What the viewing use-cases work with. */
export interface ViewingContext {
  readonly policy: Policy;
  readonly terms: LockTerms;
  readonly calendar: Calendar;
  readonly daysAround: (moment: Instant) => DayWindow;
  readonly lock: ViewingLock;
  readonly viewing: ViewingLedger;
  readonly courseware: CoursewareLedger;
  readonly credits: CreditsLedger;
  readonly standings: Standings;
}

/** Which courseware a token serves; null: any. A bound token is told nothing of other courseware (T21). */
export type AllowedCourseware = ReadonlySet<string> | null;
