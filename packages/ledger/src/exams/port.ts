import type { DayNumber, Instant, LearnerId } from '@watchledger/rules';

/** The result of one learner in one exam. */
export interface StoredExam {
  readonly examId: string;
  readonly learnerId: LearnerId;
  readonly title: string;
  readonly takenOn: DayNumber;
  readonly passed: boolean;
  /** Hundredths of a point; null: none was given. */
  readonly score: number | null;
}

/** Exams, as back ends tell them. Methods reject with `LedgerUnavailable` when the store is away. */
export interface ExamsLedger {
  put(
    exam: StoredExam,
    by: { readonly actor: string; readonly at: Instant },
  ): Promise<'created' | 'changed' | 'unchanged' | 'year-closed'>;
  /** Those that these learners took on these days, both included, in the order of days. */
  takenWithin(learnerIds: readonly LearnerId[], fromDay: DayNumber, toDay: DayNumber): Promise<StoredExam[]>;
}
