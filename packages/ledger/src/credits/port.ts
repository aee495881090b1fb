import type {
  ActivityFact,
  ClosedYear,
  CoursewareId,
  DayNumber,
  Instant,
  LearnerId,
  Milliseconds,
  SessionId,
  TrainingFact,
  WatchedFact,
} from '@watchledger/rules';
import type { CoursewareKind } from '../courseware/port.ts';

/** A watched fact, with the last moment at which its time was accepted, as far as the session still knows. */
export type StoredWatchedFact = WatchedFact & { readonly lastMoment: Instant };

export type StoredFact = StoredWatchedFact | TrainingFact | ActivityFact;

/** What the fold needs to know of a courseware; hidden courseware keeps it. */
export interface CoursewareTerms {
  readonly title: string;
  readonly limitMs: Milliseconds;
}

/** Everything that one learner's credits are folded from (R7). */
export interface LearnerFacts {
  readonly learnerId: LearnerId;
  /** In the order in which they earn. */
  readonly facts: readonly StoredFact[];
  /** Every courseware that was watched, perhaps among others. */
  readonly courseware: ReadonlyMap<CoursewareId, CoursewareTerms>;
  /** Every closed year, as frozen for this learner (R8). */
  readonly closedYears: readonly ClosedYear[];
}

/** One session behind the figures. */
export interface ViewedSession {
  readonly sessionId: SessionId;
  readonly coursewareId: CoursewareId;
  readonly title: string;
  readonly kind: CoursewareKind;
  readonly openedAt: Instant;
  readonly lastReportAt: Instant;
  readonly grewAt: Instant;
  readonly sealedAt: Instant | null;
  readonly sealedAs: 'ended' | 'superseded' | null;
  readonly watchedMs: Milliseconds;
  /** Accepted time by day, ascending; days without any are left out. */
  readonly days: readonly { readonly day: DayNumber; readonly watchedMs: Milliseconds }[];
}

export interface SessionSearch {
  /** Only sessions that were still reporting at this moment or later. */
  readonly seenSince: Instant | null;
  /** Only sessions that were opened before this moment. */
  readonly openedBefore: Instant | null;
  readonly coursewareId: CoursewareId | null;
  /** The last session of the page before. */
  readonly after: { readonly openedAt: Instant; readonly sessionId: string } | null;
  readonly limit: number;
}

/** Which learners. */
export interface LearnersOf {
  /** Absent or null: of every institute. */
  readonly organisationId?: string | null;
  /** Without those who, by the roster, owe no study hours any more. */
  readonly activeOnly?: boolean;
}

/** The facts behind credits. Methods reject with `LedgerUnavailable` when the store is away. */
export interface CreditsLedger {
  /** The facts of one learner; an unknown one has none. */
  learnerFacts(learnerId: LearnerId): Promise<LearnerFacts>;
  /** The facts of some learners, in the order asked for. For exports: read beside the writers. */
  factsOf(learnerIds: readonly LearnerId[]): Promise<LearnerFacts[]>;
  /** The same with every command that was answered: from no replica. */
  presentFactsOf(learnerIds: readonly LearnerId[]): Promise<LearnerFacts[]>;
  /**
   * Known learners in the order of ids, byte by byte, after the last one of the page before; with an organisation,
   * those of its roster alone.
   */
  learnerIds(after: LearnerId | null, limit: number, of?: LearnersOf): Promise<LearnerId[]>;
  /** A learner's sessions, newest first (by opening, then id). */
  sessionsOf(learnerId: LearnerId, search: SessionSearch): Promise<ViewedSession[]>;
}
