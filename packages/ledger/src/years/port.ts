import type { ClosedYear, CreditPolicy, Instant, LearnerId } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { StoredFrozenCredits } from './stored.ts';

/** A year that is being closed or is closed (R8). */
export interface StoredYear {
  readonly year: number;
  /** Null: being closed. */
  readonly closedAt: Instant | null;
  readonly closedBy: string;
  /** The last step of its closing: none for `CLOSING_STALE_MS` means that this was given up. */
  readonly steppedAt: Instant;
  readonly policy: CreditPolicy;
  readonly learners: number;
  /** SHA-256 of the snapshot; null: being closed. */
  readonly checksum: string | null;
}

/** A year that somebody is closing; the attempt names them, so that who was overtaken does not go on. */
export interface Closing {
  readonly year: number;
  readonly attempt: string;
}

export interface ClosingProgress {
  readonly done: number;
  readonly of: number;
}

export interface ClosingTerms {
  readonly policy: CreditPolicy;
  readonly leavePending: boolean;
}

/** A closing whose last step is longer ago was given up: its process is gone. */
export const CLOSING_STALE_MS = 60_000;
/** It goes on itself no longer than this after its last step: clocks of processes differ, and commands wait their turn. */
export const CLOSING_LAPSED_MS = 45_000;

/** A closing that nobody goes on with. */
export const isGivenUp = (
  { closedAt, steppedAt }: { readonly closedAt: number | null; readonly steppedAt: number },
  at: Instant,
): boolean => closedAt === null && at >= steppedAt + CLOSING_STALE_MS;

export type Begun =
  | { readonly outcome: 'begun' | 'closed' | 'later-closed' }
  /** Somebody is closing this year or another one. */
  | { readonly outcome: 'closing'; readonly year: number; readonly by: string; readonly steppedAt: Instant }
  | { readonly outcome: 'pending'; readonly activities: number; readonly enrolments: number };

/** One learner's part of a snapshot. */
export interface FrozenLearner {
  readonly learnerId: LearnerId;
  readonly closedYear: ClosedYear;
  /** As it is stored, and as the checksum has it. */
  readonly stored: StoredFrozenCredits;
}

/**
 * The accounting years. Closing takes its time, in three steps: from `begin` on nothing may be dated in the year; then
 * the credits of all learners are frozen, some at a time; `finish` closes it, if no limit was changed meanwhile.
 * Methods reject with `LedgerUnavailable` when the store is away.
 */
export interface YearsLedger {
  years(): Promise<StoredYear[]>;
  /** How far the closing of a year has come: learners whom it has passed, of all. */
  progress(year: number): Promise<ClosingProgress>;
  /**
   * Unless told to leave it, what lies in the year or before and awaits a decision keeps it open. One closing goes on at
   * a time; it takes the place of one that is stale.
   */
  begin(closing: Closing, terms: ClosingTerms, by: Authorship): Promise<Begun>;
  /** A step of the closing, also with nobody to freeze. */
  freeze(closing: Closing, learners: readonly FrozenLearner[], at: Instant): Promise<'frozen' | 'overtaken'>;
  /** Throws away what was frozen of a year that is being closed. */
  restart(closing: Closing, at: Instant): Promise<'restarted' | 'overtaken'>;
  finish(
    closing: Closing,
    snapshot: { readonly learners: number; readonly checksum: string; readonly sharedRevision: number },
    by: Authorship,
  ): Promise<'closed' | 'changed-meanwhile' | 'overtaken'>;
  /** Gives a closing up, also one that may have begun: the year is open again, as if nothing had been. */
  abandon(closing: Closing, by: Authorship): Promise<void>;
  /** The last one that is closed, or being closed; a later closing that is stale is given up. */
  reopen(year: number, by: Authorship): Promise<'reopened' | 'not-closed' | 'later-closed'>;
  /** The snapshot in the order of learner ids. */
  frozen(year: number, after: LearnerId | null, limit: number): Promise<FrozenLearner[]>;
}
