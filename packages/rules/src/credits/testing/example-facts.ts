import { parseDay } from '../../civil-day.ts';
import { parseDuration } from '../../durations.ts';
import { type Category, parsePolicy } from '../../policy.ts';
import { type CoursewareId, instant, milliseconds, type SessionId } from '../../quantities.ts';
import type { ClosedYear, CreditContext } from '../context.ts';
import type { ActivityFact, TrainingFact, WatchedFact } from '../facts.ts';

/** Facts and contexts as the worked examples tell them: durations and days as texts. */
export const courseware = (id: string): CoursewareId => id as CoursewareId;

export function watched(id: string, day: string, duration: string, minute = 0): WatchedFact {
  return {
    kind: 'watched',
    id: `session-${id}-${day}-${minute}` as SessionId,
    coursewareId: courseware(id),
    day: parseDay(day),
    firstMoment: instant(minute * 60_000),
    ms: parseDuration(duration),
  };
}

export function training(
  day: string,
  parts: { online?: string; offline?: string; naming?: string[]; id?: string },
): TrainingFact {
  return {
    kind: 'training',
    id: parts.id ?? `training-${day}`,
    day: parseDay(day),
    firstMoment: instant(0),
    onlineMs: parseDuration(parts.online ?? '0s'),
    offlineMs: parseDuration(parts.offline ?? '0s'),
    coursewareIds: (parts.naming ?? []).map(courseware),
  };
}

export function activity(category: Category, day: string, duration: string): ActivityFact {
  return {
    kind: 'activity',
    id: `activity-${category}-${day}`,
    category,
    day: parseDay(day),
    firstMoment: instant(0),
    ms: parseDuration(duration),
  };
}

/** Courseware without a named limit has one that never bites. */
export function context(
  limits: Record<string, string> = {},
  policy: unknown = {},
  closedYears: readonly ClosedYear[] = [],
): CreditContext {
  return {
    policy: parsePolicy(policy),
    limitOf: (id) => parseDuration(limits[id] ?? '10000h'),
    closedYears,
  };
}

export const hours = (count: number) => milliseconds(count * 3_600_000);
export const minutes = (count: number) => milliseconds(count * 60_000);
