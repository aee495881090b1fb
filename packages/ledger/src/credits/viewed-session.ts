import { type CoursewareId, dayNumber, instant, milliseconds, type SessionId } from '@watchledger/rules';
import type { ViewedSession } from './port.ts';

/** A session with its courseware, as every database gives it. */
export interface ViewedRow {
  readonly session: {
    readonly sessionId: string;
    readonly coursewareId: string;
    readonly openedAt: number;
    readonly lastReportAt: number;
    readonly grewAt: number;
    readonly sealedAt: number | null;
    readonly sealedAs: 'ended' | 'superseded' | null;
    readonly watchedMs: number;
    readonly day: number;
    readonly dayMs: number;
  };
  readonly title: string;
  readonly kind: 'video' | 'document';
}

interface DayRow {
  readonly day: number;
  readonly watchedMs: number;
}

/** @param earlier its days before the latest, ascending */
export function viewedSession(
  { session, title, kind }: ViewedRow,
  earlier: readonly DayRow[],
): ViewedSession {
  const days = [...earlier, { day: session.day, watchedMs: session.dayMs }];
  return {
    sessionId: session.sessionId as SessionId,
    coursewareId: session.coursewareId as CoursewareId,
    title,
    kind,
    openedAt: instant(session.openedAt),
    lastReportAt: instant(session.lastReportAt),
    grewAt: instant(session.grewAt),
    sealedAt: session.sealedAt === null ? null : instant(session.sealedAt),
    sealedAs: session.sealedAs,
    watchedMs: milliseconds(session.watchedMs),
    days: days
      .filter(({ watchedMs }) => watchedMs > 0)
      .map(({ day, watchedMs }) => ({ day: dayNumber(day), watchedMs: milliseconds(watchedMs) })),
  };
}
