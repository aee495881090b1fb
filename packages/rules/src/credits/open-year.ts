import { milliseconds } from '../quantities.ts';
import { AccountingYear } from './accounting-year.ts';
import type { CreditPolicy } from './context.ts';
import type { CoursewareAccounts } from './courseware-accounts.ts';
import type { DoubleCounting } from './double-counting.ts';
import type { TrainingFact, WatchedFact } from './facts.ts';

/** A year in which each fact earns what its time, its courseware's limit and its category's cap allow (R7). */
export class OpenYear extends AccountingYear {
  readonly closed = false;
  creditedOnline = 0;
  creditedSelfStudy = 0;
  creditedOffline = 0;
  readonly #onlineCap: number;
  readonly #selfStudyCap: number;
  readonly #offlineCap: number;
  readonly #accounts: CoursewareAccounts;
  readonly #doubleCounting: DoubleCounting | null;

  /** Without `doubleCounting` no training names courseware. */
  constructor(
    year: number,
    policy: CreditPolicy,
    accounts: CoursewareAccounts,
    doubleCounting: DoubleCounting | null,
  ) {
    super(year, policy);
    this.#onlineCap = policy.categories.online.cap ?? Number.POSITIVE_INFINITY;
    this.#selfStudyCap = policy.categories['self-study'].cap ?? Number.POSITIVE_INFINITY;
    this.#offlineCap = policy.categories.offline.cap ?? Number.POSITIVE_INFINITY;
    this.#accounts = accounts;
    this.#doubleCounting = doubleCounting;
  }

  protected earnWatched({ coursewareId, day, ms }: WatchedFact): number {
    const account = this.#accounts.in(this.year, coursewareId, this.courseware);
    account.watch(day, ms);
    // Time watched while the cap was full counts nowhere and uses up nothing of the limit (R7, E13).
    if (this.creditedOnline >= this.#onlineCap) return 0;
    const countable = Math.min(ms, account.remainingMs);
    const setOff = this.#doubleCounting?.setOffWatched(coursewareId, countable) ?? 0;
    const earned = this.earnOnline(countable - setOff);
    this.#doubleCounting?.countWatched(coursewareId, earned);
    account.count(earned, setOff);
    return earned;
  }

  protected earnTrainingOnline({ id, onlineMs, coursewareIds }: TrainingFact): number {
    if (this.#doubleCounting === null || coursewareIds.length === 0) return this.earnOnline(onlineMs);
    const open = this.creditedOnline < this.#onlineCap ? onlineMs : 0;
    const { setOffMs, training } = this.#doubleCounting.setOffTraining(coursewareIds, open);
    const earned = this.earnOnline(open - setOffMs);
    training.open += earned;
    this.trainings.push({ id, creditedMs: milliseconds(earned), setOffMs: milliseconds(setOffMs) });
    return earned;
  }

  protected earnOnline(ms: number): number {
    const earned = Math.min(ms, this.#onlineCap - this.creditedOnline);
    this.creditedOnline += earned;
    return earned;
  }

  protected earnSelfStudy(ms: number): number {
    const earned = Math.min(ms, this.#selfStudyCap - this.creditedSelfStudy);
    this.creditedSelfStudy += earned;
    return earned;
  }

  protected earnOffline(ms: number): number {
    const earned = Math.min(ms, this.#offlineCap - this.creditedOffline);
    this.creditedOffline += earned;
    return earned;
  }
}
