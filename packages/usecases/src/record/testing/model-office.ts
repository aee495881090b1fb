import {
  type Category,
  type ClosedYear,
  type CoursewareId,
  createCalendar,
  creditsOfYear,
  dayNumber,
  defaultPolicy,
  type Fact,
  foldCredits,
  freezeYear,
  instant,
  type Milliseconds,
  milliseconds,
  parseDay,
  type SessionId,
  wholeSeconds,
} from '@watchledger/rules';

const calendar = createCalendar('Asia/Shanghai');

/** What may happen in an office. */
export type Operation =
  | {
      readonly kind: 'watch';
      readonly learner: string;
      readonly film: string;
      readonly year: number;
      readonly day: number;
      readonly hours: number;
    }
  | { readonly kind: 'limit'; readonly film: string; readonly hours: number }
  | {
      readonly kind: 'activity';
      readonly learner: string;
      readonly category: Category;
      readonly year: number;
      readonly hours: number;
      readonly granted: number | null;
    }
  | { readonly kind: 'correct'; readonly nth: number; readonly granted: number | null }
  | {
      readonly kind: 'training';
      readonly nth: number;
      readonly year: number;
      readonly online: number;
      readonly offline: number;
      readonly films: readonly string[];
    }
  | { readonly kind: 'attend'; readonly nth: number; readonly learner: string; readonly confirm: boolean }
  | { readonly kind: 'close'; readonly year: number }
  | { readonly kind: 'reopen'; readonly year: number };

type Training = Extract<Operation, { readonly kind: 'training' }>;
interface Declared {
  readonly id: string;
  readonly learner: string;
  readonly category: Category;
  readonly year: number;
  readonly hours: number;
  granted: number | null;
}

/** For tests: an office that keeps what was accepted in memory, and folds all of it afresh each time. */
export class ModelOffice {
  readonly #watched: { readonly learner: string; readonly fact: Fact }[] = [];
  readonly #limits = new Map([
    ['film', hoursMs(2)],
    ['slides', hoursMs(2)],
  ]);
  readonly #activities: Declared[] = [];
  readonly #trainings = new Map<string, Training>();
  readonly #confirmed = new Set<string>();
  /** By learner, as frozen when the year was closed. */
  #closed: { readonly year: number; readonly of: ReadonlyMap<string, ClosedYear> }[] = [];
  #sessions = 0;

  /** The moment of the next viewing, so that no two begin at once. */
  nextWatch({ year, day }: { readonly year: number; readonly day: number }): string {
    const minute = String(this.#sessions % 60).padStart(2, '0');
    return `${year}-01-${String(day).padStart(2, '0')} 08:${minute}`;
  }

  activityAt(nth: number): { readonly id: string; readonly hours: number } {
    const found = this.#activities[nth];
    if (found === undefined) throw new Error('nothing to correct');
    return found;
  }

  /** Keeps what an operation did; null: it was refused. */
  async play(given: Operation, id: string | null): Promise<void> {
    if (given.kind === 'watch') this.#watch(given, id);
    else if (id !== null) this.#keep(given, id);
  }

  figures(learner: string, year: number): readonly (number | boolean)[] {
    const { closed, online, selfStudy, offline } = this.#year(learner, year);
    return [
      closed,
      wholeSeconds(online.ms),
      wholeSeconds(online.creditedMs),
      wholeSeconds(selfStudy.creditedMs),
      wholeSeconds(offline.creditedMs),
    ];
  }

  #watch({ learner, film, hours }: Extract<Operation, { kind: 'watch' }>, at: string | null): void {
    this.#sessions += 1;
    if (at === null) return;
    const fact: Fact = {
      kind: 'watched',
      id: `${String(this.#sessions).padStart(4, '0')}` as SessionId,
      coursewareId: film as CoursewareId,
      day: parseDay(at.slice(0, 10)),
      firstMoment: instant(Date.parse(`${at.replace(' ', 'T')}+08:00`)),
      ms: hoursMs(hours),
    };
    this.#watched.push({ learner, fact });
  }

  #keep(given: Exclude<Operation, { kind: 'watch' }>, id: string): void {
    switch (given.kind) {
      case 'limit':
        this.#limits.set(given.film, hoursMs(given.hours));
        break;
      case 'activity':
        this.#activities.push({ ...given, id });
        break;
      case 'correct': {
        const found = this.#activities.find((each) => each.id === id);
        if (found) found.granted = given.granted;
        break;
      }
      case 'training':
        this.#trainings.set(id, given);
        break;
      case 'attend':
        if (given.confirm) this.#confirmed.add(`${id} ${given.learner}`);
        else this.#confirmed.delete(`${id} ${given.learner}`);
        break;
      case 'close':
        if (!this.#closed.some(({ year }) => year === given.year)) this.#close(given.year);
        break;
      case 'reopen':
        this.#closed = this.#closed.filter(({ year }) => year !== given.year);
        break;
    }
  }

  #close(year: number): void {
    const of = new Map(
      ['u1', 'u2'].map((learner) => [learner, freezeYear(this.#year(learner, year), defaultPolicy)]),
    );
    this.#closed = [...this.#closed, { year, of }];
  }

  #year(learner: string, year: number) {
    const context = {
      policy: defaultPolicy,
      limitOf: (id: CoursewareId): Milliseconds => this.#limits.get(id) ?? milliseconds(0),
      closedYears: this.#closed.flatMap(({ of }) => of.get(learner) ?? []),
    };
    return creditsOfYear(foldCredits(this.#facts(learner), context), year, context);
  }

  #facts(learner: string): Fact[] {
    const watched = this.#watched.filter((each) => each.learner === learner).map(({ fact }) => fact);
    const activities = this.#activities
      .filter((each) => each.learner === learner && each.granted !== null)
      .map(({ id, category, year, hours, granted }): Fact => {
        const day = parseDay(`${year}-02-01`);
        const ms = hoursMs(Math.min(granted ?? 0, hours));
        return { kind: 'activity', id, category, day, firstMoment: calendar.startOf(day), ms };
      });
    const trainings = [...this.#trainings]
      .filter(([id]) => this.#confirmed.has(`${id} ${learner}`))
      .map(
        ([id, { year, online, offline, films }]): Fact => ({
          kind: 'training',
          id,
          day: dayNumber(parseDay(`${year}-02-10`)),
          firstMoment: instant(Date.parse(`${year}-02-10T01:00:00Z`)),
          onlineMs: hoursMs(online),
          offlineMs: hoursMs(offline),
          coursewareIds: films as readonly CoursewareId[],
        }),
      );
    return [...watched, ...activities, ...trainings];
  }
}

const hoursMs = (hours: number): Milliseconds => milliseconds(hours * 3_600_000);
