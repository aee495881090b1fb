import type { DayNumber, Instant, LearnerId, Milliseconds } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { ImportCount } from '../courseware/port.ts';
import type { EnrolmentState } from '../enrolments/states.ts';
import type { ExpectedVersion } from '../versions/expected.ts';

export type TrainingKind = 'training' | 'academic-report';

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
  /** Of these. */
  readonly confirmed: number;
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

/** A word that trainings are filed under, and how many are. */
export interface TrainingTerm {
  readonly name: string;
  readonly count: number;
}

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

/** Trainings. Methods reject with `LedgerUnavailable` when the store is away. */
export interface TrainingsLedger {
  put(trainingId: string, fields: TrainingFields, write: TrainingWrite): Promise<TrainingWritten>;
  /** Deletes for everybody but the facts. */
  hide(trainingId: string, write: TrainingWrite): Promise<'hidden' | 'unknown' | 'conflict' | 'not-theirs'>;
  /** Null where there is none, or it is hidden. */
  shown(trainingId: string, viewer: LearnerId | null): Promise<ShownTraining | null>;
  /** The same, hidden or not: enrolments outlive their training. */
  evenHidden(trainingId: string): Promise<StoredTraining | null>;
  /** The newest event first. */
  list(search: TrainingSearch, viewer: LearnerId | null): Promise<ShownTraining[]>;
  /** The words that trainings are filed under, in the order of names. */
  terms(): Promise<{ readonly types: readonly TrainingTerm[]; readonly categories: readonly TrainingTerm[] }>;
  /** All or nothing. A training in a closed year, or of another institute, is told, and nothing done. */
  import(
    rows: readonly { readonly trainingId: string; readonly fields: TrainingFields }[],
    write: Omit<TrainingWrite, 'expected'>,
    dryRun: boolean,
  ): Promise<ImportCount | { readonly refused: ReadonlyMap<string, TrainingRefusal> }>;
}
