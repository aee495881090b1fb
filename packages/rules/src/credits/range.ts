import { type CoursewareId, type DayNumber, type Milliseconds, milliseconds } from '../quantities.ts';
import type { LearnerCredits } from './fold.ts';

/** Time before limits and caps, and what of it is credited. */
export type Earned = { readonly ms: Milliseconds; readonly creditedMs: Milliseconds };

/** What the facts of a range of days earned (R12). */
export type RangeCredits = {
  readonly online: Earned & {
    readonly watchedMs: Milliseconds;
    readonly declaredMs: Milliseconds;
    readonly trainingMs: Milliseconds;
  };
  readonly selfStudy: Earned;
  readonly offline: Earned & { readonly externalMs: Milliseconds; readonly trainingMs: Milliseconds };
  readonly total: Earned;
  readonly courseware: readonly {
    readonly coursewareId: CoursewareId;
    readonly watchedMs: Milliseconds;
    readonly creditedMs: Milliseconds;
    readonly lastDay: DayNumber;
  }[];
};

/**
 * Restricts whole-year credits to the facts of the days from `first` up to, not including, `end` (R12): a fact
 * keeps what it earned in its year, so a cap that an earlier month used up stays used up (E18).
 */
export function creditsInRange(credits: LearnerCredits, first: DayNumber, end: DayNumber): RangeCredits {
  const watched = new Sum();
  const declared = new Sum();
  const trainingOnline = new Sum();
  const selfStudy = new Sum();
  const external = new Sum();
  const trainingOffline = new Sum();
  const courseware = new Map<CoursewareId, { sum: Sum; lastDay: DayNumber }>();

  for (const [index, fact] of credits.facts.entries()) {
    if (fact.day < first || fact.day >= end) continue;
    const credited = credits.creditedMs[index] ?? 0;
    if (fact.kind === 'watched') {
      watched.add(fact.ms, credited);
      const sum = courseware.get(fact.coursewareId)?.sum ?? new Sum();
      sum.add(fact.ms, credited);
      courseware.set(fact.coursewareId, { sum, lastDay: fact.day });
    } else if (fact.kind === 'training') {
      trainingOnline.add(fact.onlineMs, credited);
      trainingOffline.add(fact.offlineMs, credits.offlinePartMs[index] ?? 0);
    } else if (fact.category === 'online') {
      declared.add(fact.ms, credited);
    } else if (fact.category === 'self-study') {
      selfStudy.add(fact.ms, credited);
    } else {
      external.add(fact.ms, credited);
    }
  }

  const online = Sum.of(watched, declared, trainingOnline);
  const offline = Sum.of(external, trainingOffline);
  return {
    online: {
      watchedMs: watched.ms,
      declaredMs: declared.ms,
      trainingMs: trainingOnline.ms,
      ...online.earned(),
    },
    selfStudy: selfStudy.earned(),
    offline: { externalMs: external.ms, trainingMs: trainingOffline.ms, ...offline.earned() },
    total: Sum.of(online, selfStudy, offline).earned(),
    courseware: Array.from(courseware, ([coursewareId, { sum, lastDay }]) => ({
      coursewareId,
      watchedMs: sum.ms,
      creditedMs: sum.creditedMs,
      lastDay,
    })),
  };
}

class Sum {
  ms = milliseconds(0);
  creditedMs = milliseconds(0);

  static of(...parts: readonly Sum[]): Sum {
    const whole = new Sum();
    for (const part of parts) whole.add(part.ms, part.creditedMs);
    return whole;
  }

  add(ms: number, credited: number): void {
    this.ms = milliseconds(this.ms + ms);
    this.creditedMs = milliseconds(this.creditedMs + credited);
  }

  earned(): Earned {
    return { ms: this.ms, creditedMs: this.creditedMs };
  }
}
