import type { StoredSession } from '@watchledger/ledger';
import type { KnownSession, OpenCommand, PresentationState } from '@watchledger/lock';
import { milliseconds } from '@watchledger/rules';

/** A stored session in the shape of a lock's row. What was accepted the day before is on its own row by now. */
export function toKnown(session: StoredSession): KnownSession {
  return {
    sessionId: session.sessionId,
    coursewareId: session.coursewareId,
    clientId: session.clientId,
    openedAt: session.openedAt,
    lastReportAt: session.lastReportAt,
    grewAt: session.grewAt,
    watchedMs: session.watchedMs,
    forfeitedMs: session.forfeitedMs,
    day: session.day,
    dayMs: session.dayMs,
    previousDayMs: milliseconds(0),
    state: session.state as PresentationState,
    endedAt: session.seal?.at ?? null,
  };
}

/** What the lock is told when a session opens, in case it has forgotten the one before. */
export function toKnownOrNull(session: StoredSession | null): OpenCommand['known'] {
  if (session === null) return null;
  const { seal } = session;
  return { session: toKnown(session), sealed: seal !== null, until: seal?.at ?? session.lastReportAt };
}
