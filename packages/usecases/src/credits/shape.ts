import type { CoursewareCredits, CreditsRow } from '@watchledger/contract';
import type { LearnerFacts } from '@watchledger/ledger';
import {
  type CoursewareId,
  type Instant,
  type Milliseconds,
  milliseconds,
  wholeMinutes,
  wholeSeconds,
  type YearCredits,
  yearOf,
} from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';

/** A year's credits as the contract shows them: whole seconds, floored. */
export function creditsRow(learnerId: string, credits: YearCredits): CreditsRow {
  const { year, closed, online, selfStudy, offline, total } = credits;
  return {
    learnerId,
    year,
    closed,
    online: {
      watchedSeconds: wholeSeconds(online.watchedMs),
      declaredSeconds: wholeSeconds(online.declaredMs),
      trainingSeconds: wholeSeconds(online.trainingMs),
      seconds: wholeSeconds(online.ms),
      creditedMinutes: wholeMinutes(online.creditedMs),
      ...capped(online),
    },
    selfStudy: { seconds: wholeSeconds(selfStudy.ms), ...capped(selfStudy) },
    offline: {
      externalSeconds: wholeSeconds(offline.externalMs),
      trainingSeconds: wholeSeconds(offline.trainingMs),
      seconds: wholeSeconds(offline.ms),
      ...capped(offline),
    },
    total: {
      seconds: wholeSeconds(total.ms),
      creditedSeconds: wholeSeconds(total.creditedMs),
      goalSeconds: wholeSeconds(total.goalMs),
      missingSeconds: wholeSeconds(total.missingMs),
    },
  };
}

/** What each courseware watched in the year earned, in the order of first watching. */
export function coursewareCredits(
  { year, courseware }: YearCredits,
  { facts, courseware: terms }: LearnerFacts,
): CoursewareCredits[] {
  const lastWatched = new Map<CoursewareId, Instant>();
  for (const fact of facts) {
    if (fact.kind !== 'watched' || yearOf(fact.day) !== year) continue;
    const { coursewareId, lastMoment } = fact;
    const before = lastWatched.get(coursewareId);
    if (before === undefined || before < lastMoment) lastWatched.set(coursewareId, lastMoment);
  }
  return courseware.flatMap(({ coursewareId, watchedMs, creditedMs, limitMs, remainingMs }) => {
    const lastMoment = lastWatched.get(coursewareId);
    if (lastMoment === undefined) return [];
    return {
      coursewareId,
      title: terms.get(coursewareId)?.title ?? coursewareId,
      watchedSeconds: wholeSeconds(watchedMs),
      creditedSeconds: wholeSeconds(creditedMs),
      limitSeconds: wholeSeconds(limitMs),
      remainingSeconds: wholeSeconds(limitMs) - wholeSeconds(milliseconds(limitMs - remainingMs)),
      lastWatchedAt: rfc3339(lastMoment),
    };
  });
}

/** What is left is the cap minus what is credited, both as shown, so that the three figures add up. */
function capped({
  creditedMs,
  capMs,
}: {
  readonly creditedMs: Milliseconds;
  readonly capMs: Milliseconds | null;
}) {
  const creditedSeconds = wholeSeconds(creditedMs);
  const capSeconds = capMs === null ? null : wholeSeconds(capMs);
  return {
    creditedSeconds,
    capSeconds,
    remainingSeconds: capSeconds === null ? null : Math.max(0, capSeconds - creditedSeconds),
  };
}
