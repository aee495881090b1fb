import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ActiveSession, type ActiveSessionsPage, Problem, type Session } from '@watchledger/contract';
import type { PeopleLedger, SupervisionLedger, UnsealedSession } from '@watchledger/ledger';
import { expiresAt, isActive, LockUnavailable, type PresentationState } from '@watchledger/lock';
import { type Instant, instant, type LearnerId, type SessionId, wholeSeconds } from '@watchledger/rules';
import { isTheirs, type Officer } from '../access/reviewer.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isLearnerId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ViewingContext } from './context.ts';
import { endSession, type LastReport } from './end-session.ts';
import { toKnown } from './known-session.ts';

/** What admins need to look after the viewing of others. */
export interface SupervisionContext extends ViewingContext {
  readonly people: Pick<PeopleLedger, 'learner'>;
  readonly supervision: SupervisionLedger;
  /** This machine's clock: stamps the audit trail. */
  readonly now: () => Instant;
}

export interface ActiveSessionsInput {
  /** The institute of who asks; null: headquarters. */
  readonly officeId: string | null;
  readonly organisationId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('active-sessions', isLearnerId);
/** Read at once, heartbeats going on in between: crashed pages leave sessions that hold no more and are passed over. */
const CHUNK = 200;
/** What the clocks of the lock and of this machine may differ by, with room to spare. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Who is viewing now, in the order of learner ids, so that a list that is read again and again stands still.
 * @throws Problem `invalid-request` for a foreign cursor, `unavailable`
 */
export async function activeSessions(
  context: SupervisionContext,
  { officeId, organisationId: asked, limit, cursor }: ActiveSessionsInput,
): Promise<ActiveSessionsPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  if (officeId !== null && asked !== undefined && asked !== officeId) return { items: [], nextCursor: null };
  const { supervision, terms, policyInForce } = context;
  const organisationId = officeId ?? asked ?? null;
  await policyInForce.demand();
  return whileStoresAnswer(async () => {
    const active: UnsealedSession[] = [];
    // Whether one still holds is the lock's to say; those of crashed pages long ago need not be read for that.
    const seenSince = instant(context.now() - terms.lock - CLOCKS_DIFFER_MS);
    for (let last = after as LearnerId | null; active.length <= limit; ) {
      const some = await supervision.unsealed({ organisationId, seenSince, after: last, limit: CHUNK });
      const end = some.at(-1)?.session.learnerId;
      if (end === undefined) break;
      const now = await lockTime(context, end);
      active.push(...some.filter(({ session }) => isActive(toKnown(session), now, terms)));
      if (some.length < CHUNK) break;
      last = end;
      await nextTurn();
    }
    return pageOf(
      active,
      limit,
      (each) => shape(context, each),
      ({ session }) => cursors.encode([session.learnerId]),
    );
  });
}

/** A list is worth more than its last second: where the lock does not answer, this machine's clock must do. */
async function lockTime({ lock, now }: SupervisionContext, learnerId: LearnerId): Promise<Instant> {
  try {
    return await lock.now(learnerId);
  } catch (error) {
    if (error instanceof LockUnavailable) return now();
    throw error;
  }
}

function shape({ terms }: SupervisionContext, { session, ...known }: UnsealedSession): ActiveSession {
  const { sessionId, learnerId, coursewareId, openedAt, lastReportAt, watchedMs } = session;
  return {
    sessionId,
    learnerId,
    name: known.name,
    organisationId: known.organisationId,
    coursewareId,
    title: known.title,
    kind: known.kind,
    presenting: session.state as PresentationState,
    openedAt: rfc3339(openedAt),
    lastSeenAt: rfc3339(lastReportAt),
    expiresAt: rfc3339(expiresAt(session, terms)),
    watchedSeconds: wholeSeconds(watchedMs),
  };
}

export interface EndAsAdminInput extends Officer, LastReport {
  readonly sessionId: string;
  /** The admin as a learner, who may end their own with a last claim; null: is none. */
  readonly ownLearnerId: string | null;
  readonly reason?: string | undefined;
}

/**
 * Ends anybody's session that is the admin's to look after, at the lock's time, and tells the audit trail who did.
 * What was accepted stays; what the page has not reported yet is still accepted once (R3a). Of others an admin claims
 * no time. The audit trail is told first, of the intent: so no session is ended without its trace, and a retry adds no
 * second one.
 * @throws Problem `session-not-found`, `unavailable`
 */
export async function endSessionAsAdmin(
  context: SupervisionContext,
  { sessionId, ownLearnerId, actor, organisationId, reason, ...report }: EndAsAdminInput,
): Promise<Session> {
  const id = sessionId as SessionId;
  const session = await whileStoresAnswer(() => context.viewing.session(id));
  if (session === null) throw notFound();
  const { learnerId } = session;
  const ending = { sessionId, learnerId, allowedCourseware: null };
  if (learnerId === ownLearnerId) return endSession(context, { ...ending, ...report });
  await whileStoresAnswer(async () => {
    if (!(await isTheirs(context, organisationId, learnerId))) throw notFound();
    await context.supervision.noteEnding(id, { actor, at: context.now(), reason: reason ?? null });
  });
  return endSession(context, ending);
}

const notFound = (): Problem =>
  new Problem('session-not-found', 'Of those whom you look after nobody has a session with this id.');
