import type { LearnerSession, LearnerSessionsPage } from '@watchledger/contract';
import type { ViewedSession } from '@watchledger/ledger';
import { expiresAt } from '@watchledger/lock';
import {
  type CoursewareId,
  dayNumber,
  formatDay,
  type Instant,
  instant,
  type LearnerId,
  parseDay,
  wholeSeconds,
} from '@watchledger/rules';
import { requireTheirs } from '../access/reviewer.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isMomentAndSessionId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CreditsContext } from './context.ts';

export interface LearnerSessionsInput {
  readonly learnerId: string;
  /** The institute whose learners the reader may read; absent or null: everybody. */
  readonly organisationId?: string | null | undefined;
  /** First and last day `YYYY-MM-DD`, both included: sessions that were open on one of them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly coursewareId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('learner-sessions', isMomentAndSessionId);

/**
 * The sessions behind a learner's figures, newest first.
 * @throws Problem `invalid-request` for a foreign cursor, `unavailable`
 */
export async function learnerSessions(
  context: CreditsContext,
  { learnerId, organisationId = null, from, to, coursewareId, limit, cursor }: LearnerSessionsInput,
): Promise<LearnerSessionsPage> {
  const { credits, calendar, policyInForce } = context;
  const [openedAt, sessionId] = cursors.decode(cursor) ?? [];
  await policyInForce.demand();
  await whileStoresAnswer(() => requireTheirs(context, organisationId, learnerId));
  const sessions = await whileStoresAnswer(() =>
    credits.sessionsOf(learnerId as LearnerId, {
      seenSince: from === undefined ? null : calendar.startOf(parseDay(from)),
      openedBefore: to === undefined ? null : calendar.startOf(dayNumber(parseDay(to) + 1)),
      coursewareId: (coursewareId ?? null) as CoursewareId | null,
      after:
        openedAt === undefined || sessionId === undefined ? null : { openedAt: instant(openedAt), sessionId },
      limit: limit + 1,
    }),
  );
  const readAt = await whileStoresAnswer(() => context.lockTime(learnerId as LearnerId));
  return pageOf(
    sessions,
    limit,
    (session) => sessionShape(context, session, readAt),
    (last) => cursors.encode([last.openedAt, last.sessionId]),
  );
}

function sessionShape(
  { policy }: Pick<CreditsContext, 'policy'>,
  session: ViewedSession,
  readAt: Instant,
): LearnerSession {
  const { lastReportAt, sealedAs, sealedAt } = session;
  return {
    sessionId: session.sessionId,
    coursewareId: session.coursewareId,
    title: session.title,
    kind: session.kind,
    state: sealedAs ?? (readAt < expiresAt(session, policy) ? 'active' : 'expired'),
    openedAt: rfc3339(session.openedAt),
    lastSeenAt: rfc3339(lastReportAt),
    sealedAt: sealedAt === null ? null : rfc3339(sealedAt),
    watchedSeconds: wholeSeconds(session.watchedMs),
    days: session.days.map(({ day, watchedMs }) => ({
      day: formatDay(day),
      watchedSeconds: wholeSeconds(watchedMs),
    })),
  };
}
