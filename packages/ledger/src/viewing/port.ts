import type {
  CoursewareId,
  DayNumber,
  Instant,
  LearnerId,
  Milliseconds,
  SessionId,
  WatchAccount,
} from '@watchledger/rules';

/** A session as the ledger knows it: the truth about who may still earn (R3, R3a). */
export interface StoredSession extends Omit<WatchAccount, 'previousDayMs'> {
  readonly sessionId: SessionId;
  readonly learnerId: LearnerId;
  readonly coursewareId: CoursewareId;
  readonly clientId: string | null;
  readonly endTokenHash: string;
  readonly openedAt: Instant;
  /** What the last report said the page was doing. */
  readonly state: string;
  readonly seal: Seal | null;
  /** Moves when facts outside this session change what its learner is credited. */
  readonly factsRevision: number;
}

/** A sealed session earns nothing after `at` (R3a). */
export interface Seal {
  readonly at: Instant;
  readonly as: 'ended' | 'superseded';
}

/** A turn in the course of a session (R13): see `session_turns`. */
export interface StoredTurn {
  readonly since: Instant;
  readonly at: Instant;
  readonly watchedBeforeMs: Milliseconds;
  readonly watchedAfterMs: Milliseconds;
  readonly stateBefore: string;
  readonly stateAfter: string;
}

/** What a new session is opened with. */
export interface Opening {
  readonly sessionId: SessionId;
  readonly learnerId: LearnerId;
  readonly coursewareId: CoursewareId;
  readonly clientId: string | null;
  readonly endTokenHash: string;
  readonly openedAt: Instant;
  readonly day: DayNumber;
}

/**
 * The absolute totals of a session after a report, as the lock computed them. `baseAt` is the time of the
 * report before; it lets the ledger tell a continuation from a lock store that has lost its memory.
 */
export interface Progress extends WatchAccount {
  readonly sessionId: SessionId;
  readonly baseAt: Instant;
  readonly state: string;
  readonly seal: Seal | null;
}

export type RecordOutcome =
  /** On disk: at least these totals. */
  | 'recorded'
  /** The session was sealed before this report; only the stretch before the sealing may still count. */
  | 'sealed'
  /** These totals do not continue what is stored: the lock forgot something and must be told. */
  | 'diverged'
  /** No such session. */
  | 'unknown';

export interface Recorded {
  readonly outcome: RecordOutcome;
  readonly factsRevision: number;
  /** The revision of everything that many learners depend on, read in the same commit. */
  readonly sharedRevision: number;
}

/** The durable side of viewing. Each method is one whole command; each may run twice. */
export interface ViewingLedger {
  /** The session of a learner that was opened last, sealed or not. */
  latestSession(learnerId: LearnerId): Promise<StoredSession | null>;
  session(sessionId: SessionId): Promise<StoredSession | null>;
  /** The turns of a session, ascending; kept by the same commits as its totals. */
  turnsOf(sessionId: SessionId): Promise<StoredTurn[]>;
  /** The newest report to the session that was made last (of ids in the order of time); null: there is none. */
  newestReportAt(): Promise<Instant | null>;
  /**
   * Seals the learner's unsealed session at `openedAt` and inserts the new one, in one transaction (R3a).
   * `overtaken`: meanwhile something was recorded after `openedAt`; look again and open anew.
   */
  open(opening: Opening): Promise<'opened' | 'overtaken'>;
  /** Takes the totals if they continue what is stored and the session is not sealed before them. */
  record(progress: Progress): Promise<Recorded>;
  /**
   * Lets `settle` decide, within one transaction, what a sealed session still gets (R3a); null changes nothing.
   * Answers the session as it is then; null where there is none.
   */
  settleLate(
    sessionId: SessionId,
    settle: (session: StoredSession) => WatchAccount | null,
  ): Promise<StoredSession | null>;
}
