import {
  type Calendar,
  type CoursewareId,
  compareFacts,
  dayNumber,
  instant,
  type LearnerId,
  milliseconds,
  type SessionId,
} from '@watchledger/rules';
import type { CoursewareTerms, LearnerFacts, StoredWatchedFact, ViewedSession } from './port.ts';

/** What a session earned on one day, as every database gives it. */
export interface FactRow {
  readonly learnerId: string;
  readonly sessionId: string;
  readonly coursewareId: string;
  readonly openedAt: number;
  readonly grewAt: number;
  readonly day: number;
  readonly ms: number;
}

export interface TermsRow {
  readonly coursewareId: string;
  readonly title: string;
  readonly limitMs: number;
}

/** The facts of some learners, each one's in the order in which they earn. */
export function learnersFacts(
  learnerIds: readonly LearnerId[],
  rows: readonly FactRow[],
  terms: readonly TermsRow[],
  calendar: Pick<Calendar, 'startOf'>,
): LearnerFacts[] {
  const courseware = new Map<CoursewareId, CoursewareTerms>();
  for (const { coursewareId, title, limitMs } of terms) {
    courseware.set(coursewareId as CoursewareId, { title, limitMs: milliseconds(limitMs) });
  }
  const rowsOf = Map.groupBy(rows, ({ learnerId }) => learnerId);
  return learnerIds.map((learnerId) => ({
    learnerId,
    facts: (rowsOf.get(learnerId) ?? []).map((row) => fact(row, calendar)).sort(compareFacts),
    courseware,
  }));
}

function fact(
  { sessionId, coursewareId, openedAt, grewAt, day, ms }: FactRow,
  calendar: Pick<Calendar, 'startOf'>,
): StoredWatchedFact {
  const start = calendar.startOf(dayNumber(day));
  const end = calendar.startOf(dayNumber(day + 1));
  return {
    kind: 'watched',
    id: sessionId as SessionId,
    coursewareId: coursewareId as CoursewareId,
    day: dayNumber(day),
    firstMoment: instant(Math.max(openedAt, start)),
    lastMoment: instant(Math.min(grewAt, end)),
    ms: milliseconds(ms),
  };
}

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
