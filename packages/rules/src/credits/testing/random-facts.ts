import fc from 'fast-check';
import { parseDay } from '../../civil-day.ts';
import { CATEGORIES, defaultPolicy } from '../../policy.ts';
import {
  type CoursewareId,
  type DayNumber,
  dayNumber,
  instant,
  milliseconds,
  type SessionId,
} from '../../quantities.ts';
import type { CreditContext, CreditPolicy } from '../context.ts';
import type { ActivityFact, Fact, TrainingFact, WatchedFact } from '../facts.ts';
import type { RunningFact } from '../projection.ts';

/** Random learners, with figures so small and so few courseware and days that every limit and cap is met. */
const COURSEWARE = ['a', 'b', 'c', 'd'] as const;

const coursewareId = fc.constantFrom(...COURSEWARE).map((id) => id as CoursewareId);
const firstMoment = fc.nat(3).map(instant);
const duration = fc.nat(20).map(milliseconds);

/** Days around two turns of the year. */
export const day: fc.Arbitrary<DayNumber> = fc
  .tuple(fc.constantFrom('2025-01-01', '2026-01-01'), fc.integer({ min: -2, max: 1 }))
  .map(([newYear, days]) => dayNumber(parseDay(newYear) + days));

export const watchedFact: fc.Arbitrary<WatchedFact> = fc.record({
  kind: fc.constant('watched' as const),
  id: fc.uuid().map((id) => id as SessionId),
  coursewareId,
  day,
  firstMoment,
  ms: duration,
});

const trainingFact: fc.Arbitrary<TrainingFact> = fc.record({
  kind: fc.constant('training' as const),
  id: fc.uuid(),
  day,
  firstMoment,
  onlineMs: duration,
  offlineMs: duration,
  coursewareIds: fc.oneof(fc.constant([]), fc.array(coursewareId, { minLength: 1, maxLength: 3 })),
});

const activityFact: fc.Arbitrary<ActivityFact> = fc.record({
  kind: fc.constant('activity' as const),
  id: fc.uuid(),
  category: fc.constantFrom(...CATEGORIES),
  day,
  firstMoment,
  ms: duration,
});

export const facts: fc.Arbitrary<Fact[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: watchedFact },
    { weight: 2, arbitrary: trainingFact },
    { weight: 1, arbitrary: activityFact },
  ),
  { maxLength: 14 },
);

export const runningFact: fc.Arbitrary<RunningFact> = fc.record({
  id: fc.uuid().map((id) => id as SessionId),
  coursewareId,
  day,
  firstMoment,
});

const cap = fc.option(fc.nat(60).map(milliseconds)).map((most) => ({ cap: most }));

const policy: fc.Arbitrary<CreditPolicy> = fc.record({
  goal: fc.constant(defaultPolicy.goal),
  categories: fc.record({ online: cap, 'self-study': cap, offline: cap }),
  coursewareLimitScope: fc.constantFrom('lifetime' as const, 'year' as const),
});

export const limitOf: fc.Arbitrary<CreditContext['limitOf']> = fc
  .record(Object.fromEntries(COURSEWARE.map((id) => [id, fc.oneof(fc.nat(40), fc.constant(10_000))])))
  .map((limits) => (id: CoursewareId) => milliseconds(limits[id] ?? 0));

/** A context in which no year is closed yet. */
export const openContext: fc.Arbitrary<CreditContext> = fc.record({
  policy,
  limitOf,
  closedYears: fc.constant([]),
});
