import type { DayNumber, Instant, LearnerId, Milliseconds } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { ImportCount } from '../courseware/port.ts';
import type { ExpectedVersion } from '../versions/expected.ts';

export type TrainingKind = 'training' | 'academic-report';
export type EnrolmentState = 'enrolled' | 'confirmed' | 'rejected' | 'cancelled';

/** What an organiser decides about a training (R11). */
export interface TrainingFields {
  readonly title: string;
  readonly kind: TrainingKind;
  readonly type: string | null;
  readonly form: string;
  readonly category: string;
  readonly method: string | null;
  readonly classification: string | null;
  readonly organiser: string;
  readonly contact: string | null;
  readonly goal: string | null;
  readonly content: string | null;
  readonly place: string;
  readonly capacity: number | null;
  readonly onlineMs: Milliseconds;
  readonly offlineMs: Milliseconds;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** The day on which it ends, by the policy's calendar: on it confirmed hours count. */
  readonly endDay: DayNumber;
  readonly enrolFrom: Instant | null;
  readonly enrolUntil: Instant | null;
  readonly coursewareIds: readonly string[];
}

export interface StoredTraining extends TrainingFields {
  readonly trainingId: string;
  /** The institute that holds it; null: headquarters. */
  readonly organisationId: string | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A training as a list shows it to somebody. */
export interface ShownTraining {
  readonly training: StoredTraining;
  /** Enrolled or confirmed. */
  readonly enrolled: number;
  readonly ratings: number;
  readonly ratingSum: number;
  readonly own: { readonly state: EnrolmentState; readonly rating: number | null } | null;
}

export interface TrainingWrite extends Authorship {
  readonly expected: ExpectedVersion;
  /** The institute of who writes; null: headquarters, who may change everybody's. */
  readonly organisationId: string | null;
}

/**
 * Why a training may not be like this: another institute holds it, its year is closed, who writes is confirmed in it, or
 * it was confirmed and would not be over yet.
 */
export type TrainingRefusal = 'not-theirs' | 'year-closed' | 'own' | 'not-over';

export type TrainingWritten =
  | { readonly outcome: 'created' | 'changed' | 'unchanged'; readonly training: StoredTraining }
  | { readonly outcome: 'conflict' | TrainingRefusal };

export interface TrainingSearch {
  /** Part of title, organiser, place or content; ASCII letters in any case. */
  readonly query: string | null;
  readonly kind: TrainingKind | null;
  readonly type: string | null;
  readonly category: string | null;
  readonly organiser: string | null;
  /** Held by this institute (null: headquarters), or by others than it. */
  readonly source: { readonly organisationId: string | null; readonly own: boolean } | null;
  readonly endsFrom: Instant | null;
  readonly startsBefore: Instant | null;
  /** Whether one can enrol at this moment, or not. */
  readonly open: { readonly at: Instant; readonly yes: boolean } | null;
  /** The last one of the page before. */
  readonly after: { readonly endsAt: number; readonly trainingId: string } | null;
  readonly limit: number;
}

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
  | { readonly outcome: 'decided'; readonly changed: number; readonly unchanged: number }
  | { readonly outcome: 'unknown' | 'not-theirs' | 'year-closed' | 'not-over' }
  /** Nothing was done; by the index of the attendee. */
  | { readonly outcome: 'refused'; readonly faults: ReadonlyMap<number, AttendeeFault> };

/** Trainings and who takes part. Methods reject with `LedgerUnavailable` when the store is away. */
export interface TrainingsLedger {
  put(trainingId: string, fields: TrainingFields, write: TrainingWrite): Promise<TrainingWritten>;
  /** Deletes for everybody but the facts. */
  hide(trainingId: string, write: TrainingWrite): Promise<'hidden' | 'unknown' | 'conflict' | 'not-theirs'>;
  /** Null where there is none, or it is hidden. */
  shown(trainingId: string, viewer: LearnerId | null): Promise<ShownTraining | null>;
  /** The newest event first. */
  list(search: TrainingSearch, viewer: LearnerId | null): Promise<ShownTraining[]>;
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
  enrolments(
    trainingId: string,
    search: {
      readonly state: EnrolmentState | null;
      readonly after: LearnerId | null;
      readonly limit: number;
    },
  ): Promise<StoredEnrolment[]>;
  /** Of one learner, in the order of training ids. */
  enrolmentsOf(learnerId: LearnerId, after: string | null, limit: number): Promise<StoredEnrolment[]>;
  /** Confirmed ones of these learners that ended on these days, both included, in the order of their ends. */
  confirmedWithin(
    learnerIds: readonly LearnerId[],
    fromDay: DayNumber,
    toDay: DayNumber,
  ): Promise<StoredEnrolment[]>;
  /** Those of these learners who have enrolled themselves, or were decided about. */
  enrolledAmong(trainingId: string, learnerIds: readonly LearnerId[]): Promise<ReadonlySet<LearnerId>>;
  /** Whom a change of the training concerns: who is confirmed, in the order of ids. */
  confirmed(trainingId: string): Promise<Attendee[]>;
  /** All or nothing. A training in a closed year, or of another institute, is told, and nothing done. */
  import(
    rows: readonly { readonly trainingId: string; readonly fields: TrainingFields }[],
    write: Omit<TrainingWrite, 'expected'>,
    dryRun: boolean,
  ): Promise<ImportCount | { readonly refused: ReadonlyMap<string, TrainingRefusal> }>;
}
