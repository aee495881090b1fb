import type { Instant, LearnerId, Milliseconds } from '@watchledger/rules';

/** What a reviewer decided about an activity or an enrolment of a learner. */
export interface StoredNotice {
  readonly what: 'activity' | 'enrolment';
  /** Of the activity, or of the training that the enrolment is in. */
  readonly id: string;
  readonly title: string;
  readonly decision: 'approved' | 'confirmed' | 'rejected';
  /** What counts by that decision. */
  readonly ms: Milliseconds;
  /** Null: an enrolment, of which nothing was declared. */
  readonly declaredMs: Milliseconds | null;
  readonly reason: string | null;
  readonly at: Instant;
}

export interface NoticeSearch {
  /** The last one of the page before. */
  readonly after: Pick<StoredNotice, 'at' | 'what' | 'id'> | null;
  readonly limit: number;
}

/** What learners have not read yet. Methods reject with `LedgerUnavailable` when the store is away. */
export interface NoticesLedger {
  /** Decisions after the moment up to which the learner has read, the newest first, and how many there are in all. */
  unread(
    learnerId: LearnerId,
    search: NoticeSearch,
  ): Promise<{ readonly notices: readonly StoredNotice[]; readonly count: number }>;
  /** From now on what was decided up to this moment counts as read; answers up to which it does, never an earlier one. */
  read(learnerId: LearnerId, until: Instant): Promise<Instant>;
}
