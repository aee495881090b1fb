import type { Instant, LearnerId, SessionId } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { StoredSession } from '../viewing/port.ts';

/** A session that is not sealed, with what admins know it by. */
export interface UnsealedSession {
  readonly session: StoredSession;
  /** What the roster calls the learner; null: nothing. */
  readonly name: string | null;
  readonly organisationId: string | null;
  readonly title: string;
  readonly kind: 'video' | 'document';
}

export interface UnsealedSearch {
  /** The roster of one institute; null: everybody. */
  readonly organisationId: string | null;
  /** Only sessions heard of since then. */
  readonly seenSince: Instant;
  /** The learner at whom the piece before has ended. */
  readonly after: LearnerId | null;
  readonly limit: number;
}

/** What admins see and do of the viewing of others. Methods reject with `LedgerUnavailable`. */
export interface SupervisionLedger {
  /**
   * In the order of learner ids, of whom each has one at most. Those of crashed pages are among them: when such a one
   * holds no longer, the rules say, not the store, and so no index has to move with heartbeats.
   */
  unsealed(search: UnsealedSearch): Promise<UnsealedSession[]>;
  /**
   * Tells that somebody is about to end this session, before it is sealed and whether or not it then is; their retry is
   * told once. Of one that is sealed there is nothing to tell.
   */
  noteEnding(sessionId: SessionId, by: Authorship): Promise<void>;
}
