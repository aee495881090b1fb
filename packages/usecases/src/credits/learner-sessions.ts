import type { LearnerSession, LearnerSessionsPage } from '@watchledger/contract';
import type { ViewedSession } from '@watchledger/ledger';
import {
  dayNumber,
  formatDay,
  type Instant,
  instant,
  type LearnerId,
  parseDay,
  wholeSeconds,
} from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isMomentAndId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import type { AllowedCourseware } from '../viewing/context.ts';
import { whileStoresAnswer } from '../viewing/unavailable.ts';
import type { CreditsContext } from './context.ts';

export interface LearnerSessionsInput {
  readonly learnerId: string;
  /** First and last day `YYYY-MM-DD`, both included: sessions that were open on one of them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
  /** What the reader's token is bound to: no other session is shown (T21); null: any. */
  readonly allowedCourseware?: AllowedCourseware;
}

const cursors = cursorOf('learner-sessions', isMomentAndId);

/**
 * The sessions behind a learner's figures, newest first.
 * @throws Problem `invalid-request` for a foreign cursor, `unavailable`
 */
export async function learnerSessions(
  context: CreditsContext,
  { learnerId, from, to, limit, cursor, allowedCourseware = null }: LearnerSessionsInput,
): Promise<LearnerSessionsPage> {
  const { credits, calendar, now } = context;
  const [openedAt, sessionId] = cursors.decode(cursor) ?? [];
  const sessions = await whileStoresAnswer(() =>
    credits.sessionsOf(learnerId as LearnerId, {
      seenSince: from === undefined ? null : calendar.startOf(parseDay(from)),
      openedBefore: to === undefined ? null : calendar.startOf(dayNumber(parseDay(to) + 1)),
      coursewareIds: allowedCourseware,
      after:
        openedAt === undefined || sessionId === undefined ? null : { openedAt: instant(openedAt), sessionId },
      limit: limit + 1,
    }),
  );
  const readAt = now();
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
  const { lastReportAt, grewAt, sealedAs, sealedAt } = session;
  const holdsUntil = Math.min(lastReportAt + policy.lock, grewAt + policy.release);
  return {
    sessionId: session.sessionId,
    coursewareId: session.coursewareId,
    title: session.title,
    kind: session.kind,
    state: sealedAs ?? (readAt < holdsUntil ? 'active' : 'expired'),
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
