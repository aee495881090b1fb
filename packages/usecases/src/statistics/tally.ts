import type { LearnerFacts } from '@watchledger/ledger';
import {
  type CoursewareId,
  creditsOfYear,
  type DayNumber,
  type Fact,
  firstDayOfMonth,
  foldSortedCredits,
  type LearnerCredits,
  type Policy,
} from '@watchledger/rules';
import { foldingOf } from '../credits/fold-learner.ts';

/** Who has had less of a courseware has not finished it. */
const FINISHED_SHARE = 0.8;

const MONTHS = 12;
/** Nothing, ten steps of a tenth, reached. */
const STEPS = 12;

/** Milliseconds before limits and caps, and what of them is credited. */
export interface Hours {
  ms: number;
  creditedMs: number;
}

export interface CategoryHours {
  readonly online: Hours;
  readonly selfStudy: Hours;
  readonly offline: Hours;
}

export interface CoursewareTally {
  title: string;
  limitMs: number;
  watchedMs: number;
  creditedMs: number;
  learners: number;
  unfinished: number;
}

/** The year of some learners, added up. */
export class Tally {
  learners = 0;
  reached = 0;
  creditedMs = 0;
  readonly steps: number[] = Array(STEPS).fill(0);
  readonly months: readonly CategoryHours[] = Array.from({ length: MONTHS }, () => ({
    online: nothing(),
    selfStudy: nothing(),
    offline: nothing(),
  }));
  readonly courseware = new Map<CoursewareId, CoursewareTally>();

  /** Adds those of another tally. */
  add(other: Tally): void {
    this.learners += other.learners;
    this.reached += other.reached;
    this.creditedMs += other.creditedMs;
    for (const [step, learners] of other.steps.entries())
      this.steps[step] = (this.steps[step] ?? 0) + learners;
    for (const [nth, { online, selfStudy, offline }] of other.months.entries()) {
      const month = this.months[nth];
      if (month === undefined) continue;
      grow(month.online, online.ms, online.creditedMs);
      grow(month.selfStudy, selfStudy.ms, selfStudy.creditedMs);
      grow(month.offline, offline.ms, offline.creditedMs);
    }
    for (const [id, theirs] of other.courseware) {
      const ours = this.of(id, theirs);
      ours.watchedMs += theirs.watchedMs;
      ours.creditedMs += theirs.creditedMs;
      ours.learners += theirs.learners;
      ours.unfinished += theirs.unfinished;
    }
  }

  of(id: CoursewareId, { title, limitMs }: Pick<CoursewareTally, 'title' | 'limitMs'>): CoursewareTally {
    const known = this.courseware.get(id);
    if (known !== undefined) return known;
    const fresh = { title, limitMs, watchedMs: 0, creditedMs: 0, learners: 0, unfinished: 0 };
    this.courseware.set(id, fresh);
    return fresh;
  }
}

/** Adds learners to tallies, each folded once. */
export class Counting {
  readonly #policy: Policy;
  readonly #year: number;
  /** The first day of each month, and that of the next year. */
  readonly #starts: readonly DayNumber[];
  goalMs: number;

  constructor(policy: Policy, year: number) {
    this.#policy = policy;
    this.#year = year;
    this.#starts = Array.from({ length: MONTHS + 1 }, (_, nth) => firstDayOfMonth(year, nth + 1));
    this.goalMs = policy.goal;
  }

  /** @param playedOf the share that they have played of a courseware; undefined: unknown */
  count(tally: Tally, known: LearnerFacts, playedOf: (id: CoursewareId) => number | undefined): void {
    const context = foldingOf({ policy: this.#policy }, known);
    const credits = foldSortedCredits(known.facts, context);
    const { total } = creditsOfYear(credits, this.#year, context);
    // A closed year has the goal that it was closed with.
    this.goalMs = total.goalMs;
    tally.learners += 1;
    tally.creditedMs += total.creditedMs;
    const reached = total.missingMs === 0;
    if (reached) tally.reached += 1;
    const step = reached ? STEPS - 1 : stepOf(total.creditedMs, total.goalMs);
    tally.steps[step] = (tally.steps[step] ?? 0) + 1;
    this.#addFacts(tally, credits, known, playedOf);
  }

  #addFacts(
    tally: Tally,
    { facts, creditedMs, offlinePartMs }: LearnerCredits,
    { courseware }: LearnerFacts,
    playedOf: (id: CoursewareId) => number | undefined,
  ): void {
    const everWatched = new Map<CoursewareId, number>();
    const watchedInYear = new Set<CoursewareId>();
    for (const [nth, fact] of facts.entries()) {
      if (fact.kind === 'watched')
        everWatched.set(fact.coursewareId, (everWatched.get(fact.coursewareId) ?? 0) + fact.ms);
      const month = tally.months[this.#monthOf(fact)];
      if (month === undefined) continue;
      const credited = creditedMs[nth] ?? 0;
      if (fact.kind === 'training') {
        grow(month.online, fact.onlineMs, credited);
        grow(month.offline, fact.offlineMs, offlinePartMs[nth] ?? 0);
      } else if (fact.kind === 'activity') {
        grow(month[CATEGORIES[fact.category]], fact.ms, credited);
      } else {
        grow(month.online, fact.ms, credited);
        const { title = fact.coursewareId, limitMs = 0 } = courseware.get(fact.coursewareId) ?? {};
        const watched = tally.of(fact.coursewareId, { title, limitMs });
        watched.watchedMs += fact.ms;
        watched.creditedMs += credited;
        watchedInYear.add(fact.coursewareId);
      }
    }
    for (const id of watchedInYear) {
      const watched = tally.courseware.get(id);
      if (watched === undefined) continue;
      watched.learners += 1;
      const share = playedOf(id) ?? (everWatched.get(id) ?? 0) / watched.limitMs;
      if (share < FINISHED_SHARE) watched.unfinished += 1;
    }
  }

  /** 0 to 11; outside of the year something else. */
  #monthOf({ day }: Fact): number {
    return this.#starts.findLastIndex((start) => day >= start);
  }
}

const CATEGORIES = { online: 'online', 'self-study': 'selfStudy', offline: 'offline' } as const;

/** Those with nothing are in step 0, those with some of the goal in steps 1 to 10. */
function stepOf(creditedMs: number, goalMs: number): number {
  const [credited, goal] = [Math.floor(creditedMs / 1_000), Math.floor(goalMs / 1_000)];
  return credited === 0 ? 0 : 1 + Math.floor((credited * 10) / goal);
}

const nothing = (): Hours => ({ ms: 0, creditedMs: 0 });

function grow(hours: Hours, ms: number, creditedMs: number): void {
  hours.ms += ms;
  hours.creditedMs += creditedMs;
}
