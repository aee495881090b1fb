import type { Session } from '@watchledger/contract';
import type { StoredSession } from '@watchledger/ledger';
import { expiresAt, type LockRow, type PresentationState } from '@watchledger/lock';
import { type Instant, type LearnerId, type Milliseconds, wholeSeconds } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import type { ViewingContext } from './context.ts';
import { toKnown } from './known-session.ts';
import type { Revisions, Standing } from './standings.ts';

/** A session whose report has just been stored. */
export function storedView(
  context: ViewingContext,
  learnerId: LearnerId,
  row: LockRow,
  revisions: Revisions,
): Session | Promise<Session> {
  const at = row.lastReportAt;
  const show = (standing: Standing) => view(context, learnerId, row, stateOf(context, row, at), at, standing);
  const standing = context.standings.of(learnerId, row, revisions);
  return standing instanceof Promise ? standing.then(show) : show(standing);
}

/** A session that is not sealed, as it was opened or as it is stored. */
export async function openedView(
  context: ViewingContext,
  learnerId: LearnerId,
  row: LockRow,
  { factsRevision = 0, now = row.lastReportAt }: { factsRevision?: number; now?: Instant } = {},
): Promise<Session> {
  const revisions = { factsRevision, sharedRevision: await context.courseware.sharedRevision() };
  const standing = await context.standings.of(learnerId, row, revisions);
  return view(context, learnerId, row, stateOf(context, row, now), now, standing);
}

/** The final figures of a sealed session (R3a). */
export async function sealedView(context: ViewingContext, session: StoredSession): Promise<Session> {
  const { learnerId } = session;
  const row = toKnown(session);
  const [standing, now] = await Promise.all([
    context.standings.finally(learnerId, row),
    context.lock.now(learnerId),
  ]);
  return view(context, learnerId, row, session.seal?.as ?? 'ended', now, standing);
}

/** An expired session only stopped holding the lock: while nobody else opens, it goes on and earns (R3a). */
function stateOf({ terms }: ViewingContext, row: LockRow, now: Instant): Session['state'] {
  return now < expiresAt(row, terms) ? 'active' : 'expired';
}

function view(
  { policy, terms }: ViewingContext,
  learnerId: LearnerId,
  row: LockRow,
  state: Session['state'],
  serverTime: Instant,
  { title, kind, limitMs, projection }: Standing,
): Session {
  const reason = reasonNot(state, row.state, projection.stopped);
  return {
    sessionId: row.sessionId,
    learnerId,
    coursewareId: row.coursewareId,
    state,
    openedAt: rfc3339(row.openedAt),
    lastSeenAt: rfc3339(row.lastReportAt),
    expiresAt: rfc3339(row.endedAt ?? expiresAt(row, terms)),
    serverTime: rfc3339(serverTime),
    heartbeatMs: policy.heartbeat,
    lockMs: policy.lock,
    watchedMs: row.watchedMs,
    crediting: reason === null && state !== 'ended',
    reason,
    courseware: {
      title,
      kind,
      limitSeconds: wholeSeconds(limitMs),
      creditedSeconds: wholeSeconds(projection.coursewareCreditedMs),
      remainingSeconds: left(projection.coursewareRemainingMs),
    },
    online: {
      year: projection.year,
      capSeconds: projection.onlineCapMs === null ? null : wholeSeconds(projection.onlineCapMs),
      creditedSeconds: wholeSeconds(projection.onlineCreditedMs),
      remainingSeconds: projection.onlineRemainingMs === null ? null : left(projection.onlineRemainingMs),
    },
  };
}

/**
 * The first that applies of what keeps time reported now from being credited (R13). Having expired is none: a page
 * left open beyond `release` without growth is `expired` and, once it plays again, still credited.
 */
function reasonNot(
  state: Session['state'],
  presentation: PresentationState,
  stopped: Standing['projection']['stopped'],
): Session['reason'] {
  if (state === 'superseded') return 'session-superseded';
  if (state === 'ended') return null;
  if (presentation === 'ended') return 'paused';
  return presentation === 'playing' ? stopped : presentation;
}

/** What is left, so that it and what is done, floored, add up to the whole as shown. */
function left(remainingMs: Milliseconds): number {
  return Math.ceil(remainingMs / 1_000);
}
