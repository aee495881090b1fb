import { type CoursewareId, type DayNumber, type Milliseconds, milliseconds } from '../quantities.ts';
import type { CreditContext } from './context.ts';
import type { CoursewareCredits } from './year-credits.ts';

/** The running account of one courseware in one accounting year. */
export class CoursewareAccount implements CoursewareCredits {
  readonly coursewareId: CoursewareId;
  readonly year: number;
  readonly limitMs: Milliseconds;
  watchedMs = milliseconds(0);
  creditedMs = milliseconds(0);
  setOffMs = milliseconds(0);
  creditedInScopeMs: Milliseconds;
  remainingMs: Milliseconds;
  lastDay: DayNumber | null = null;
  #usedInScope: number;

  /** `before` is the account of an earlier year that the limit's scope reaches back to. */
  constructor(coursewareId: CoursewareId, year: number, limitMs: Milliseconds, before?: CoursewareAccount) {
    this.coursewareId = coursewareId;
    this.year = year;
    this.limitMs = limitMs;
    this.#usedInScope = before === undefined ? 0 : before.#usedInScope;
    this.creditedInScopeMs = before === undefined ? milliseconds(0) : before.creditedInScopeMs;
    this.remainingMs = milliseconds(Math.max(0, limitMs - this.#usedInScope));
  }

  watch(day: DayNumber, ms: number): void {
    this.watchedMs = milliseconds(this.watchedMs + ms);
    this.lastDay = day;
  }

  /** Both what is credited and what is set off uses up the limit. */
  count(credited: number, setOff: number): void {
    this.creditedMs = milliseconds(this.creditedMs + credited);
    this.creditedInScopeMs = milliseconds(this.creditedInScopeMs + credited);
    this.setOffMs = milliseconds(this.setOffMs + setOff);
    this.#usedInScope += credited + setOff;
    this.remainingMs = milliseconds(Math.max(0, this.limitMs - this.#usedInScope));
  }
}

/** A learner's courseware accounts: one for each courseware and year, each starting where the scope says. */
export class CoursewareAccounts {
  readonly #limitOf: CreditContext['limitOf'];
  readonly #lifetime: boolean;
  readonly #latest = new Map<CoursewareId, CoursewareAccount>();

  constructor({ limitOf, policy }: CreditContext) {
    this.#limitOf = limitOf;
    this.#lifetime = policy.coursewareLimitScope === 'lifetime';
  }

  /** The account of a courseware in a year, opened into the `opened` list by the first who asks. */
  in(year: number, coursewareId: CoursewareId, opened: CoursewareAccount[]): CoursewareAccount {
    const latest = this.#latest.get(coursewareId);
    if (latest !== undefined && latest.year === year) return latest;
    const before = this.#lifetime ? latest : undefined;
    const account = new CoursewareAccount(coursewareId, year, this.#limitOf(coursewareId), before);
    this.#latest.set(coursewareId, account);
    opened.push(account);
    return account;
  }
}
