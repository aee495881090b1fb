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
import type { CoursewareTerms, LearnerFacts, StoredFact } from './port.ts';

// Rows as the columns stand in the statements of both databases: bare tuples, since there are a hundred for each learner.

/** A session; its days before the latest, which few sessions have, or null. */
export type ViewingTuple = readonly [
  learnerId: string,
  sessionId: string,
  coursewareId: string,
  openedAt: number,
  grewAt: number,
  latestDay: number,
  latestDayMs: number,
  earlierDays: Json<readonly (readonly [day: number, ms: number])[]> | null,
];
/** An approved activity. */
export type ActivityTuple = readonly [
  learnerId: string,
  activityId: string,
  category: Category,
  fromDay: number,
  toDay: number,
  grantedMs: number,
];
/** A confirmed attendance with its training; null where that names no courseware. */
export type AttendanceTuple = readonly [
  learnerId: string,
  trainingId: string,
  startsAt: number,
  endDay: number,
  onlineMs: number,
  offlineMs: number,
  coursewareIds: Json<readonly CoursewareId[]> | null,
];
export type ClosedYearTuple = readonly [year: number, policy: Json<StoredCreditPolicy>];
export type FrozenTuple = readonly [learnerId: string, year: number, credits: Json<StoredFrozenCredits>];
export type TermsTuple = readonly [coursewareId: string, title: string, limitMs: number];

/** PostgreSQL gives JSON as what it says, SQLite as text. */
type Json<Value> = Value | string;

/** Everything that the credits of some learners are folded from, as both databases give it. */
export interface FactRows {
  readonly viewings: readonly ViewingTuple[];
  readonly activities: readonly ActivityTuple[];
  readonly attendances: readonly AttendanceTuple[];
  readonly closedYears: readonly ClosedYearTuple[];
  readonly frozen: readonly FrozenTuple[];
}

/** The facts of some learners, each one's in the order in which they earn. */
export function learnersFacts(
  learnerIds: readonly LearnerId[],
  rows: FactRows,
  courseware: ReadonlyMap<CoursewareId, CoursewareTerms>,
  calendar: Pick<Calendar, 'startOf'>,
): LearnerFacts[] {
  const factsOf = new Map<string, StoredFact[]>(learnerIds.map((learnerId) => [learnerId, []]));
  for (const row of rows.viewings) addWatched(factsOf.get(row[0]) ?? [], row, calendar);
  for (const row of rows.activities) factsOf.get(row[0])?.push(activityFact(row, calendar));
  for (const row of rows.attendances) factsOf.get(row[0])?.push(trainingFact(row));
  const closedYears = closedYearsOf(rows);
  return learnerIds.map((learnerId) => ({
    learnerId,
    facts: (factsOf.get(learnerId) ?? []).sort(compareFacts),
    courseware,
    closedYears: closedYears(learnerId),
  }));
}

/** Each day on which a session grew is a fact. */
function addWatched(facts: StoredFact[], row: ViewingTuple, calendar: Pick<Calendar, 'startOf'>): void {
  const [, , , , , latestDay, latestDayMs, earlierDays] = row;
  if (earlierDays !== null) {
    for (const [day, ms] of parsed(earlierDays)) facts.push(watchedFact(row, day, ms, calendar));
  }
  if (latestDayMs > 0) facts.push(watchedFact(row, latestDay, latestDayMs, calendar));
}

function watchedFact(
  [, id, coursewareId, openedAt, grewAt]: ViewingTuple,
  day: number,
  ms: number,
  calendar: Pick<Calendar, 'startOf'>,
): StoredFact {
  return {
    kind: 'watched',
    id: id as SessionId,
    coursewareId: coursewareId as CoursewareId,
    day: dayNumber(day),
    firstMoment: instant(Math.max(openedAt, calendar.startOf(dayNumber(day)))),
    lastMoment: instant(Math.min(grewAt, calendar.startOf(dayNumber(day + 1)))),
    ms: milliseconds(ms),
  };
}

export function activityFact(
  [, id, category, fromDay, toDay, grantedMs]: ActivityTuple,
  calendar: Pick<Calendar, 'startOf'>,
): ActivityFact {
  return {
    kind: 'activity',
    id,
    category,
    day: dayNumber(toDay),
    firstMoment: calendar.startOf(dayNumber(fromDay)),
    ms: milliseconds(grantedMs),
  };
}

export function trainingFact([
  ,
  id,
  startsAt,
  endDay,
  onlineMs,
  offlineMs,
  coursewareIds,
]: AttendanceTuple): TrainingFact {
  return {
    kind: 'training',
    id,
    day: dayNumber(endDay),
    firstMoment: instant(startsAt),
    onlineMs: milliseconds(onlineMs),
    offlineMs: milliseconds(offlineMs),
    coursewareIds: coursewareIds === null ? [] : parsed(coursewareIds),
  };
}

/** Answers every closed year of a learner. */
function closedYearsOf({
  closedYears,
  frozen,
}: Pick<FactRows, 'closedYears' | 'frozen'>): (learnerId: LearnerId) => ClosedYear[] {
  const closed = closedYears.map(([year, policy]) => [year, parsed(policy)] as const);
  const frozenOf = new Map(
    frozen.map(([learnerId, year, credits]) => [`${year} ${learnerId}`, parsed(credits)]),
  );
  return (learnerId) =>
    closed.map(([year, policy]) => closedYear(year, policy, frozenOf.get(`${year} ${learnerId}`)));
}

const parsed = <Value extends object>(json: Json<Value>): Value =>
  typeof json === 'string' ? JSON.parse(json) : json;
