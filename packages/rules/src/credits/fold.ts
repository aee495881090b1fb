import { firstDayOfYear, yearOf } from '../civil-day.ts';
import { type CoursewareId, type DayNumber, type Milliseconds, milliseconds } from '../quantities.ts';
import type { AccountingYear } from './accounting-year.ts';
import type { ClosedYear, CreditContext } from './context.ts';
import { CoursewareAccounts } from './courseware-accounts.ts';
import { DoubleCounting } from './double-counting.ts';
import { type Fact, sortFacts } from './facts.ts';
import { FrozenYear } from './frozen-year.ts';
import { OpenYear } from './open-year.ts';
import type { YearCredits } from './year-credits.ts';

/** A learner's credits: by year, and of each fact. */
export type LearnerCredits = {
  /** Each year that has facts or is closed, ascending. */
  readonly years: readonly YearCredits[];
  /** The facts in the order in which they earned. */
  readonly facts: readonly Fact[];
  /** What each fact earned in its category; for a training, its online part. */
  readonly creditedMs: readonly Milliseconds[];
  /** What the offline part of each training earned; 0 for other facts. */
  readonly offlinePartMs: readonly Milliseconds[];
};

/** Folds one learner's facts, in any order, into credits (R4–R9, R11). */
export const foldCredits = (facts: readonly Fact[], context: CreditContext): LearnerCredits =>
  foldSortedCredits(sortFacts(facts), context);

/** The same for facts that are already in the order of {@link sortFacts}. */
export function foldSortedCredits(facts: readonly Fact[], context: CreditContext): LearnerCredits {
  const creditedMs: Milliseconds[] = [];
  const offlinePartMs: Milliseconds[] = [];
  const years = new YearsInTurn(facts, context);

  for (const fact of facts) {
    const year = years.at(fact.day);
    let offlinePart = 0;
    let credited: number;
    if (fact.kind === 'watched') {
      credited = year.watched(fact);
    } else if (fact.kind === 'training') {
      credited = year.trainingOnline(fact);
      offlinePart = year.trainingOffline(fact);
    } else {
      credited = year.activity(fact);
    }
    creditedMs.push(milliseconds(credited));
    offlinePartMs.push(milliseconds(offlinePart));
  }

  return { years: years.credits(), facts, creditedMs, offlinePartMs };
}

/** The credits of one year; a year without facts has zeros. */
export function creditsOfYear(credits: LearnerCredits, year: number, context: CreditContext): YearCredits {
  const known = credits.years.find((one) => one.year === year);
  return known ?? new OpenYear(year, context.policy, new CoursewareAccounts(context), null).credits();
}

/** Opens the accounting years one after the other, the closed ones from their snapshots. */
class YearsInTurn {
  readonly #context: CreditContext;
  readonly #accounts: CoursewareAccounts;
  readonly #doubleCounting: () => DoubleCounting | null;
  readonly #closedToCome: ClosedYear[];
  readonly #opened: AccountingYear[] = [];
  #current: AccountingYear | null = null;
  #nextYearStarts: number = Number.NEGATIVE_INFINITY;

  constructor(facts: readonly Fact[], context: CreditContext) {
    this.#context = context;
    this.#accounts = new CoursewareAccounts(context);
    this.#doubleCounting = doubleCountingInScope(facts, context);
    // The earliest last, to be taken from the end.
    this.#closedToCome = context.closedYears.toSorted((a, b) => b.year - a.year);
  }

  /** The account of the year in which a day lies; days must not go back over a year's end. */
  at(day: DayNumber): AccountingYear {
    if (this.#current === null || day >= this.#nextYearStarts) {
      const year = yearOf(day);
      this.#openClosedYearsUntil(year);
      const closed = this.#opened.at(-1);
      this.#current = closed?.year === year ? closed : this.#open(year);
      this.#nextYearStarts = firstDayOfYear(year + 1);
    }
    return this.#current;
  }

  credits(): YearCredits[] {
    this.#openClosedYearsUntil(Number.POSITIVE_INFINITY);
    return this.#opened.map((year) => year.credits());
  }

  #open(year: number): OpenYear {
    const opened = new OpenYear(year, this.#context.policy, this.#accounts, this.#doubleCounting());
    this.#opened.push(opened);
    return opened;
  }

  #openClosedYearsUntil(last: number): void {
    for (;;) {
      const snapshot = this.#closedToCome.at(-1);
      if (snapshot === undefined || snapshot.year > last) return;
      this.#closedToCome.pop();
      this.#opened.push(new FrozenYear(snapshot, this.#accounts, this.#doubleCounting()));
    }
  }
}

/**
 * Answers the double counting to use in the next year. R11 looks as far as R4 does: a courseware that counts
 * once in a lifetime is set off across years, one that counts anew each year only within the year.
 */
function doubleCountingInScope(
  facts: readonly Fact[],
  { policy }: CreditContext,
): () => DoubleCounting | null {
  const named = coursewareNamedByTrainings(facts);
  if (named.size === 0) return () => null;
  if (policy.coursewareLimitScope === 'year') return () => new DoubleCounting(named);
  const lifelong = new DoubleCounting(named);
  return () => lifelong;
}

/** The courseware whose watched time may be set off against a training. */
export function coursewareNamedByTrainings(facts: readonly Fact[]): ReadonlySet<CoursewareId> {
  const named = new Set<CoursewareId>();
  for (const fact of facts) {
    if (fact.kind !== 'training') continue;
    for (const coursewareId of fact.coursewareIds) named.add(coursewareId);
  }
  return named;
}
