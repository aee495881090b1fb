import type { DayNumber, Instant, LearnerId, Milliseconds } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { StoredTraining } from '../trainings/port.ts';
import type { EnrolmentState } from './states.ts';

export interface StoredEnrolment {
  readonly training: StoredTraining;
  readonly learnerId: LearnerId;
  readonly state: EnrolmentState;
  /** What counts if it is confirmed. */
  readonly onlineMs: Milliseconds;
  readonly offlineMs: Milliseconds;
  readonly comment: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly rating: number | null;
  readonly enrolledAt: Instant;
}

export type Enrolled =
  | { readonly outcome: 'enrolled' | 'already'; readonly enrolment: StoredEnrolment }
  | { readonly outcome: 'unknown' | 'not-open' | 'full' | 'rejected' };

/** One attendee of a decision; null hours are those of the training. */
export interface Attendee {
  readonly learnerId: LearnerId;
  readonly onlineMs: Milliseconds | null;
  readonly offlineMs: Milliseconds | null;
}

export interface EnrolmentDecision {
  readonly decision: 'confirm' | 'reject';
  readonly attendees: readonly Attendee[];
  readonly comment: string | null;
  /** Whether who never enrolled is registered by this. */
  readonly registering: boolean;
  /** Whether what somebody else decided may be decided anew. */
  readonly correct: boolean;
  readonly by: Authorship;
  readonly organisationId: string | null;
}

/**
 * Why an attendee cannot be decided about. `stranger`: of another institute, and has not enrolled; `too-long`: for more
 * hours than the event had.
 */
export type AttendeeFault = 'own' | 'not-enrolled' | 'stranger' | 'too-long' | 'decided';

export type EnrolmentsDecided =
  | {
      readonly outcome: 'decided';
      readonly training: StoredTraining;
      readonly changed: number;
      readonly unchanged: number;
    }
  | { readonly outcome: 'unknown' | 'not-theirs' | 'year-closed' | 'not-over' }
  /** Nothing was done; by the index of the attendee. */
  | { readonly outcome: 'refused'; readonly faults: ReadonlyMap<number, AttendeeFault> };

/** Who takes part in trainings. Methods reject with `LedgerUnavailable` when the store is away. */
export interface EnrolmentsLedger {
  enrol(trainingId: string, learnerId: LearnerId, at: Instant): Promise<Enrolled>;
  /** Only what nobody has decided about. */
  cancel(trainingId: string, learnerId: LearnerId, at: Instant): Promise<'cancelled' | 'unknown' | 'decided'>;
  rate(
    trainingId: string,
    learnerId: LearnerId,
    rating: number,
    at: Instant,
  ): Promise<'rated' | 'unknown' | 'not-confirmed'>;
  /** All of them, or none. */
  decide(trainingId: string, decision: EnrolmentDecision): Promise<EnrolmentsDecided>;
  /** Of one training, in the order of learner ids. */
  ofTraining(
    trainingId: string,
    search: {
      readonly state: EnrolmentState | null;
      readonly after: LearnerId | null;
      readonly limit: number;
    },
  ): Promise<StoredEnrolment[]>;
  /** Of one learner, in the order of training ids. */
  ofLearner(learnerId: LearnerId, after: string | null, limit: number): Promise<StoredEnrolment[]>;
  /** Confirmed ones of these learners that ended on these days, both included, in the order of their ends. */
  confirmedWithin(
    learnerIds: readonly LearnerId[],
    fromDay: DayNumber,
    toDay: DayNumber,
  ): Promise<StoredEnrolment[]>;
}
