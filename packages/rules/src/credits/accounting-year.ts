import { wholeSeconds } from '../durations.ts';
import { type Milliseconds, milliseconds } from '../quantities.ts';
import type { CreditPolicy } from './context.ts';
import type { CoursewareAccount } from './courseware-accounts.ts';
import type { ActivityFact, TrainingFact, WatchedFact } from './facts.ts';
import type { Capped, YearCredits } from './year-credits.ts';

/** The running account of one learner in one accounting year; open and closed years differ in what facts earn. */
export abstract class AccountingYear {
  readonly year: number;
  readonly policy: CreditPolicy;
  readonly courseware: CoursewareAccount[] = [];
  readonly trainings: { id: string; creditedMs: Milliseconds; setOffMs: Milliseconds }[] = [];
  abstract readonly closed: boolean;
  abstract readonly creditedOnline: number;
  abstract readonly creditedSelfStudy: number;
  abstract readonly creditedOffline: number;
  #watched = 0;
  #declared = 0;
  #trainingOnline = 0;
  #selfStudy = 0;
  #external = 0;
  #trainingOffline = 0;

  constructor(year: number, policy: CreditPolicy) {
    this.year = year;
    this.policy = policy;
  }

  /** Adds watched time; answers what of it is credited online. */
  watched(fact: WatchedFact): number {
    this.#watched += fact.ms;
    return this.earnWatched(fact);
  }

  /** Adds the online part of a training; answers what of it is credited online. */
  trainingOnline(fact: TrainingFact): number {
    this.#trainingOnline += fact.onlineMs;
    return this.earnTrainingOnline(fact);
  }

  /** Adds the offline part of a training; answers what of it is credited offline. */
  trainingOffline(fact: TrainingFact): number {
    this.#trainingOffline += fact.offlineMs;
    return this.earnOffline(fact.offlineMs);
  }

  /** Adds an activity; answers what of it is credited in its category. */
  activity({ category, ms }: ActivityFact): number {
    if (category === 'online') {
      this.#declared += ms;
      return this.earnOnline(ms);
    }
    if (category === 'self-study') {
      this.#selfStudy += ms;
      return this.earnSelfStudy(ms);
    }
    this.#external += ms;
    return this.earnOffline(ms);
  }

  credits(): YearCredits {
    const { categories, goal } = this.policy;
    const online = this.#watched + this.#declared + this.#trainingOnline;
    const offline = this.#external + this.#trainingOffline;
    const credited = this.creditedOnline + this.creditedSelfStudy + this.creditedOffline;
    const missingSeconds = wholeSeconds(goal) - wholeSeconds(milliseconds(credited));
    return {
      year: this.year,
      closed: this.closed,
      online: {
        watchedMs: milliseconds(this.#watched),
        declaredMs: milliseconds(this.#declared),
        trainingMs: milliseconds(this.#trainingOnline),
        ...capped(online, this.creditedOnline, categories.online.cap),
      },
      selfStudy: capped(this.#selfStudy, this.creditedSelfStudy, categories['self-study'].cap),
      offline: {
        externalMs: milliseconds(this.#external),
        trainingMs: milliseconds(this.#trainingOffline),
        ...capped(offline, this.creditedOffline, categories.offline.cap),
      },
      total: {
        ms: milliseconds(online + this.#selfStudy + offline),
        creditedMs: milliseconds(credited),
        goalMs: goal,
        missingMs: milliseconds(Math.max(0, missingSeconds) * 1_000),
      },
      courseware: this.courseware,
      trainings: this.trainings,
    };
  }

  protected abstract earnWatched(fact: WatchedFact): number;
  protected abstract earnTrainingOnline(fact: TrainingFact): number;
  protected abstract earnOnline(ms: number): number;
  protected abstract earnSelfStudy(ms: number): number;
  protected abstract earnOffline(ms: number): number;
}

function capped(ms: number, credited: number, cap: Milliseconds | null): Capped {
  return {
    ms: milliseconds(ms),
    creditedMs: milliseconds(credited),
    capMs: cap,
    remainingMs: cap === null ? null : milliseconds(Math.max(0, cap - credited)),
  };
}
