import type { Session } from '@watchledger/contract';
import type { StoredSession } from '@watchledger/ledger';
import { expiresAt, type LockRow, type PresentationState } from '@watchledger/lock';
import {
  type Coverage,
  coveredMs,
  type Instant,
  type LearnerId,
  type Milliseconds,
  placeToGoOn,
  wholeSeconds,
  within,
} from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import type { ViewingContext } from './context.ts';
import { toKnown } from './known-session.ts';
import type { Revisions, Standing } from './standings.ts';

/** A session whose report has just been stored, with the coverage that the report told more of. */
export function storedView(
  context: ViewingContext,
  learnerId: LearnerId,
  row: LockRow,
  revisions: Revisions,
  coverage: Coverage | null,
): Session | Promise<Session> {
  const at = row.lastReportAt;
  const state = stateOf(context, row, at);
  const show = (standing: Standing) => view(context, { learnerId, row, state, at, coverage }, standing);
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
  const [sharedRevision, coverage] = await Promise.all([
    context.courseware.sharedRevision(),
    context.coverage.get(learnerId, row.coursewareId),
  ]);
  const standing = await context.standings.of(learnerId, row, { factsRevision, sharedRevision });
  const state = stateOf(context, row, now);
  return view(context, { learnerId, row, state, at: now, coverage }, standing);
}

/** The final figures of a sealed session (R3a), with the coverage that the report told more of. */
export async function sealedView(
  context: ViewingContext,
  session: StoredSession,
  coverage: Coverage | null,
): Promise<Session> {
  const { learnerId } = session;
  const row = toKnown(session);
  const [standing, at] = await Promise.all([
    context.standings.finally(learnerId, row),
    context.lock.now(learnerId),
  ]);
  const state = session.seal?.as ?? 'ended';
  return view(context, { learnerId, row, state, at, coverage }, standing);
}

/** An expired session only stopped holding the lock: while nobody else opens, it goes on and earns (R3a). */
function stateOf({ terms }: ViewingContext, row: LockRow, now: Instant): Session['state'] {
  return now < expiresAt(row, terms) ? 'active' : 'expired';
}

interface Shown {
  readonly learnerId: LearnerId;
  readonly row: LockRow;
  readonly state: Session['state'];
  readonly at: Instant;
  /** Null: nobody asks. */
  readonly coverage: Coverage | null;
}

function view(
  { policy, terms }: ViewingContext,
  { learnerId, row, state, at, coverage }: Shown,
  { title, kind, limitMs, mediaMs, projection }: Standing,
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
    serverTime: rfc3339(at),
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
      ...(coverage && covered(coverage, mediaMs)),
    },
    online: {
      year: projection.year,
      capSeconds: projection.onlineCapMs === null ? null : wholeSeconds(projection.onlineCapMs),
      creditedSeconds: wholeSeconds(projection.onlineCreditedMs),
      remainingSeconds: projection.onlineRemainingMs === null ? null : left(projection.onlineRemainingMs),
    },
  };
}

function covered(
  coverage: Coverage,
  mediaMs: Milliseconds | null,
): Pick<Session['courseware'], 'coverageSeconds' | 'resumeAt'> {
  const goOnMs = placeToGoOn(coverage, mediaMs);
  return {
    coverageSeconds: wholeSeconds(coveredMs(within(coverage.ranges, mediaMs))),
    resumeAt: goOnMs === null ? null : goOnMs / 1_000,
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
