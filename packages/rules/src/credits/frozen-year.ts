import { type CoursewareId, milliseconds } from '../quantities.ts';
import { AccountingYear } from './accounting-year.ts';
import type { ClosedYear, Counted, CreditPolicy } from './context.ts';
import type { CoursewareAccounts } from './courseware-accounts.ts';
import type { DoubleCounting } from './double-counting.ts';
import type { TrainingFact, WatchedFact } from './facts.ts';
import type { YearCredits } from './year-credits.ts';

/**
 * A closed year: the snapshot is what is credited, nothing alters it (R8). It is handed out to the facts in their
 * order, so that a range of months still adds up; watched time that arrived later adds nothing.
 */
export class FrozenYear extends AccountingYear {
  readonly closed = true;
  readonly creditedOnline: number;
  readonly creditedSelfStudy: number;
  readonly creditedOffline: number;
  readonly #trainings: ReadonlyMap<string, Counted>;
  readonly #doubleCounting: DoubleCounting | null;
  readonly #left = new Map<CoursewareId, number>();
  readonly #accounts: CoursewareAccounts;
  #onlineLeft: number;
  #selfStudyLeft: number;
  #offlineLeft: number;

  /** `doubleCounting` reaches into later years if the scope of the limits does. */
  constructor(snapshot: ClosedYear, accounts: CoursewareAccounts, doubleCounting: DoubleCounting | null) {
    super(snapshot.year, snapshot.policy);
    this.creditedOnline = snapshot.credited.online;
    this.creditedSelfStudy = snapshot.credited['self-study'];
    this.creditedOffline = snapshot.credited.offline;
    this.#accounts = accounts;
    this.#trainings = snapshot.trainings;
    this.#doubleCounting = doubleCounting;
    this.#onlineLeft = this.creditedOnline;
    this.#selfStudyLeft = this.creditedSelfStudy;
    this.#offlineLeft = this.creditedOffline;

    for (const [coursewareId, { creditedMs, setOffMs }] of snapshot.courseware) {
      accounts.in(this.year, coursewareId, this.courseware).count(creditedMs, setOffMs);
      const counted = creditedMs + setOffMs;
      const paired = doubleCounting?.setOffWatched(coursewareId, counted) ?? 0;
      doubleCounting?.countWatched(coursewareId, counted - paired);
      this.#left.set(coursewareId, creditedMs);
      this.#onlineLeft -= creditedMs;
    }
    for (const [id, counted] of snapshot.trainings) {
      this.trainings.push({ id, ...counted });
      this.#onlineLeft -= counted.creditedMs;
    }
  }

  protected earnWatched({ coursewareId, day, ms }: WatchedFact): number {
    this.#accounts.in(this.year, coursewareId, this.courseware).watch(day, ms);
    const left = this.#left.get(coursewareId) ?? 0;
    const earned = Math.min(ms, left);
    this.#left.set(coursewareId, left - earned);
    return earned;
  }

  protected earnTrainingOnline({ id, onlineMs, coursewareIds }: TrainingFact): number {
    if (coursewareIds.length === 0) return this.earnOnline(onlineMs);
    const { creditedMs, setOffMs } = this.#trainings.get(id) ?? NOT_COUNTED;
    const counted = creditedMs + setOffMs;
    const pairs = this.#doubleCounting?.setOffTraining(coursewareIds, counted);
    if (pairs !== undefined) pairs.training.open += counted - pairs.setOffMs;
    return creditedMs;
  }

  protected earnOnline(ms: number): number {
    const earned = Math.min(ms, this.#onlineLeft);
    this.#onlineLeft -= earned;
    return earned;
  }

  protected earnSelfStudy(ms: number): number {
    const earned = Math.min(ms, this.#selfStudyLeft);
    this.#selfStudyLeft -= earned;
    return earned;
  }

  protected earnOffline(ms: number): number {
    const earned = Math.min(ms, this.#offlineLeft);
    this.#offlineLeft -= earned;
    return earned;
  }
}

/** Freezes a year of a learner's credits for good (R8), with the policy that they were folded with. */
export function freezeYear(credits: YearCredits, policy: CreditPolicy): ClosedYear {
  const { year, online, selfStudy, offline, courseware, trainings } = credits;
  const counted = ({ creditedMs, setOffMs }: Counted): Counted => ({ creditedMs, setOffMs });
  return {
    year,
    policy,
    credited: {
      online: online.creditedMs,
      'self-study': selfStudy.creditedMs,
      offline: offline.creditedMs,
    },
    courseware: new Map(courseware.map((one) => [one.coursewareId, counted(one)])),
    trainings: new Map(trainings.map((one) => [one.id, counted(one)])),
  };
}

const NOT_COUNTED: Counted = { creditedMs: milliseconds(0), setOffMs: milliseconds(0) };
