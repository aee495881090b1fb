import {
  type ActivityFact,
  type Calendar,
  type Category,
  type ClosedYear,
  type CoursewareId,
  compareFacts,
  dayNumber,
  instant,
  type LearnerId,
  milliseconds,
  type SessionId,
  type TrainingFact,
} from '@watchledger/rules';
import { closedYear, type StoredCreditPolicy, type StoredFrozenCredits } from '../years/stored.ts';
import type { CoursewareTerms, LearnerFacts, StoredFact, StoredWatchedFact, ViewedSession } from './port.ts';

/** Whose row it is, where those of many learners come together. */
export interface Theirs {
  readonly learnerId: string;
}

/** What a session earned on one day, as every database gives it. */
export interface WatchedRow {
  readonly sessionId: string;
  readonly coursewareId: string;
  readonly openedAt: number;
  readonly grewAt: number;
  readonly day: number;
  readonly ms: number;
}

export interface ActivityRow {
  readonly activityId: string;
  readonly category: Category;
  readonly fromDay: number;
  readonly toDay: number;
  readonly grantedMs: number | null;
}

/** A confirmed attendance with its training; null hours are those of the training. */
export interface AttendanceRow {
  readonly trainingId: string;
  readonly startsAt: number;
  readonly endDay: number;
  readonly coursewareIds: readonly string[];
  readonly onlineMs: number;
  readonly offlineMs: number;
  readonly otherOnlineMs: number | null;
  readonly otherOfflineMs: number | null;
}

export interface ClosedYearRow {
  readonly year: number;
  readonly policy: StoredCreditPolicy;
}

export interface FrozenRow extends Theirs {
  readonly year: number;
  readonly credits: StoredFrozenCredits;
}

export interface TermsRow {
  readonly coursewareId: string;
  readonly title: string;
  readonly limitMs: number;
}

/** Everything that the credits of some learners are folded from, as every database gives it. */
export interface FactRows {
  readonly watched: readonly (WatchedRow & Theirs)[];
  readonly activities: readonly (ActivityRow & Theirs)[];
  readonly attendances: readonly (AttendanceRow & Theirs)[];
  readonly terms: readonly TermsRow[];
  readonly closedYears: readonly ClosedYearRow[];
  readonly frozen: readonly FrozenRow[];
}

/** The facts of some learners, each one's in the order in which they earn. */
export function learnersFacts(
  learnerIds: readonly LearnerId[],
  rows: FactRows,
  calendar: Pick<Calendar, 'startOf'>,
): LearnerFacts[] {
  const terms = rows.terms.map(({ coursewareId, title, limitMs }) => [coursewareId, title, limitMs] as const);
  const courseware = coursewareTerms(terms);
  const closedYears = closedYearsOf(rows);
  const factsOf = new Map<string, StoredFact[]>(learnerIds.map((learnerId) => [learnerId, []]));
  for (const row of rows.watched) factsOf.get(row.learnerId)?.push(watchedFact(row, calendar));
  for (const row of rows.activities) factsOf.get(row.learnerId)?.push(activityFact(row, calendar));
  for (const row of rows.attendances) factsOf.get(row.learnerId)?.push(trainingFact(row));
  return learnerIds.map((learnerId) => ({
    learnerId,
    facts: (factsOf.get(learnerId) ?? []).sort(compareFacts),
    courseware,
    closedYears: closedYears(learnerId),
  }));
}

/** By courseware, as many learners share it. */
export function coursewareTerms(
  rows: readonly (readonly [coursewareId: string, title: string, limitMs: number])[],
): Map<CoursewareId, CoursewareTerms> {
  const terms = new Map<CoursewareId, CoursewareTerms>();
  for (const [coursewareId, title, limitMs] of rows) {
    terms.set(coursewareId as CoursewareId, { title, limitMs: milliseconds(limitMs) });
  }
  return terms;
}

/** Answers every closed year of a learner. */
export function closedYearsOf(
  rows: Pick<FactRows, 'closedYears' | 'frozen'>,
): (learnerId: LearnerId) => ClosedYear[] {
  const frozen = new Map(rows.frozen.map((row) => [`${row.year} ${row.learnerId}`, row.credits]));
  return (learnerId) =>
    rows.closedYears.map(({ year, policy }) => closedYear(year, policy, frozen.get(`${year} ${learnerId}`)));
}

export function watchedFact(
  { sessionId, coursewareId, openedAt, grewAt, day, ms }: WatchedRow,
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

export function activityFact(
  { activityId, category, fromDay, toDay, grantedMs }: ActivityRow,
  calendar: Pick<Calendar, 'startOf'>,
): ActivityFact {
  return {
    kind: 'activity',
    id: activityId,
    category,
    day: dayNumber(toDay),
    firstMoment: calendar.startOf(dayNumber(fromDay)),
    ms: milliseconds(grantedMs ?? 0),
  };
}

export function trainingFact(row: AttendanceRow): TrainingFact {
  return {
    kind: 'training',
    id: row.trainingId,
    day: dayNumber(row.endDay),
    firstMoment: instant(row.startsAt),
    onlineMs: milliseconds(row.otherOnlineMs ?? row.onlineMs),
    offlineMs: milliseconds(row.otherOfflineMs ?? row.offlineMs),
    coursewareIds: row.coursewareIds as readonly CoursewareId[],
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
