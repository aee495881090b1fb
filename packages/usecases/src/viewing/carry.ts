import { Problem } from '@watchledger/contract';
import type { Progress, StoredSession } from '@watchledger/ledger';
import type { LockRow, ReportReply } from '@watchledger/lock';
import { acceptLate, type LearnerId, type SessionId } from '@watchledger/rules';
import { unavailable } from '../stores/unavailable.ts';
import type { ViewingContext } from './context.ts';
import { toKnown } from './known-session.ts';

/** A report from a page: a heartbeat, or the last claim of an ending session. */
export interface Report {
  readonly learnerId: LearnerId;
  readonly sessionId: SessionId;
  readonly claimMs: number | null;
  /** Puts the report to the lock. May run again after the lock was told what it had forgotten. */
  readonly send: () => Promise<ReportReply>;
}

export type Carried =
  /** On disk, with the totals of the row. */
  | {
      readonly kind: 'stored';
      readonly row: LockRow;
      readonly factsRevision: number;
      readonly sharedRevision: number;
    }
  /** The session is sealed; what was still owed to it is on disk (R3a). */
  | { readonly kind: 'sealed'; readonly session: StoredSession };

const ATTEMPTS = 4;

/**
 * Carries a report through lock and ledger until both agree. The ledger is the truth: a lock that does not
 * know the session, or knows it differently, is told what the ledger holds and is asked again.
 *
 * @throws Problem `session-not-found`, or `unavailable` when they do not come to agree
 */
export async function carry(context: ViewingContext, report: Report): Promise<Carried> {
  const { lock, viewing } = context;
  const { learnerId, sessionId } = report;

  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const reply = await report.send();
    if (reply.kind === 'elsewhere') {
      const session = await ownSession(context, learnerId, sessionId);
      if (session.seal !== null) return settle(context, report);
      if ((await lock.adopt(learnerId, toKnown(session), false)) === 'held') {
        throw unavailable('Another session of this learner is being opened.');
      }
      continue;
    }

    const { outcome, factsRevision, sharedRevision } = await viewing.record(progressOf(reply));
    if (outcome === 'recorded') {
      if (reply.kind === 'ended') return settle(context, report);
      return { kind: 'stored', row: reply.row, factsRevision, sharedRevision };
    }
    if (outcome === 'unknown') throw notFound();
    if (outcome === 'sealed') return settle(context, report);

    const session = await ownSession(context, learnerId, sessionId);
    if (session.seal !== null) return settle(context, report);
    await lock.adopt(learnerId, toKnown(session), true);
  }
  throw unavailable('The lock and the database do not agree yet.');
}

/** A session of this learner. @throws Problem `session-not-found`, also for somebody else's session */
export async function ownSession(
  { viewing }: ViewingContext,
  learnerId: LearnerId,
  sessionId: SessionId,
): Promise<StoredSession> {
  const session = await viewing.session(sessionId);
  if (session === null || session.learnerId !== learnerId) throw notFound();
  return session;
}

/** Accepts once what was watched before the sealing and is reported only now (R3a). */
async function settle(
  { viewing, daysAround, terms }: ViewingContext,
  { sessionId, claimMs }: Report,
): Promise<Carried> {
  const session = await viewing.settleLate(sessionId, (sealed) => {
    if (claimMs === null || sealed.seal === null) return null;
    return acceptLate(toKnown(sealed), claimMs, sealed.seal.at, daysAround(sealed.seal.at), terms);
  });
  if (session === null) throw notFound();
  return { kind: 'sealed', session };
}

function progressOf({ kind, row, baseAt }: Exclude<ReportReply, { kind: 'elsewhere' }>): Progress {
  return {
    sessionId: row.sessionId,
    baseAt,
    lastReportAt: row.lastReportAt,
    grewAt: row.grewAt,
    watchedMs: row.watchedMs,
    forfeitedMs: row.forfeitedMs,
    day: row.day,
    dayMs: row.dayMs,
    previousDayMs: row.previousDayMs,
    state: row.state,
    seal: kind === 'ended' && row.endedAt !== null ? { at: row.endedAt, as: 'ended' } : null,
  };
}

function notFound(): Problem {
  return new Problem('session-not-found', 'You have no session with this id.');
}
