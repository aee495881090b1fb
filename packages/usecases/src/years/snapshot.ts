import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FrozenLearner, LearnerFacts, StoredFrozenCredits, YearsLedger } from '@watchledger/ledger';
import { CLOSING_STALE_MS, frozenCredits } from '@watchledger/ledger';
import {
  type ClosedYear,
  type CreditPolicy,
  creditsOfYear,
  foldSortedCredits,
  freezeYear,
  type Instant,
  type LearnerId,
  type Policy,
  yearOf,
} from '@watchledger/rules';
import { foldingOf } from '../credits/fold-learner.ts';
import type { YearsContext } from './context.ts';

/** Read and folded at once, heartbeats going on in between. */
const CHUNK = 5;

export interface FrozenChunk {
  readonly frozen: readonly FrozenLearner[];
  /** Learners looked at so far. */
  readonly done: number;
  /** An earlier year in which one of them has hours, and which is not closed; null: there is none. */
  readonly openYear: number | null;
}

/** What everybody is credited in a year, as a fold of today's facts, limits and policy says it. */
export async function* foldedYear(
  context: YearsContext,
  year: number,
): AsyncGenerator<FrozenChunk, void, void> {
  let done = 0;
  for (let after: LearnerId | null = null; ; ) {
    const asked: readonly LearnerId[] = await allLearners(context, after);
    const last = asked.at(-1);
    if (last === undefined) return;
    const known = await context.credits.presentFactsOf(asked);
    done += asked.length;
    const openYear = known.map((facts) => openYearBefore(facts, year)).find((open) => open !== null) ?? null;
    yield { frozen: known.flatMap((facts) => frozenOf(context, facts, year) ?? []), done, openYear };
    after = last;
    await nextTurn();
  }
}

function openYearBefore({ facts, closedYears }: LearnerFacts, year: number): number | null {
  const closed = new Set(closedYears.map((each) => each.year));
  const open = facts.map(({ day }) => yearOf(day)).find((each) => each < year && !closed.has(each));
  return open ?? null;
}

const BATCH = 500;
/** So often a closing is seen to go on, though nobody has anything in the year. */
const SIGN_OF_LIFE_MS = CLOSING_STALE_MS / 6;

/** The same in larger pieces, each worth a commit of its own. */
export async function* inBatches(
  chunks: AsyncIterable<FrozenChunk>,
  now: () => Instant,
): AsyncGenerator<FrozenChunk, void, void> {
  let waiting: FrozenLearner[] = [];
  let last: FrozenChunk | undefined;
  let seenAt = now();
  for await (const chunk of chunks) {
    last = chunk;
    waiting.push(...chunk.frozen);
    const isDue = now() - seenAt >= SIGN_OF_LIFE_MS;
    if (waiting.length < BATCH && chunk.openYear === null && !isDue) continue;
    yield { ...chunk, frozen: waiting };
    waiting = [];
    seenAt = now();
  }
  if (last !== undefined && waiting.length > 0) yield { ...last, frozen: waiting };
}

async function allLearners({ people }: YearsContext, after: LearnerId | null): Promise<readonly LearnerId[]> {
  const search = { organisationId: null, query: null, active: null, among: null, after, limit: CHUNK };
  return (await people.learners(search)).map(({ learnerId }) => learnerId);
}

/** Null for who has nothing in the year. */
function frozenOf(context: YearsContext, known: LearnerFacts, year: number): FrozenLearner | null {
  if (!known.facts.some(({ day }) => yearOf(day) === year)) return null;
  const folding = foldingOf(context, known);
  // As if the year itself were open; those before it are as they were closed.
  const open = { ...folding, closedYears: folding.closedYears.filter((closed) => closed.year < year) };
  const credits = creditsOfYear(foldSortedCredits(known.facts, open), year, open);
  const closedYear = freezeYear(credits, creditPolicy(context.policy));
  return { learnerId: known.learnerId, closedYear, stored: frozenCredits(closedYear) };
}

export const creditPolicy = ({ goal, categories, coursewareLimitScope }: Policy): CreditPolicy => ({
  goal,
  categories,
  coursewareLimitScope,
});

/** Sums up a snapshot, learner by learner in the order of ids. */
export class SnapshotSum {
  readonly #hash = createHash('sha256');
  learners = 0;

  constructor(year: number, { goal, categories, coursewareLimitScope }: CreditPolicy) {
    const caps = [categories.online.cap, categories['self-study'].cap, categories.offline.cap];
    this.#hash.update(JSON.stringify([year, goal, caps, coursewareLimitScope]));
  }

  add(frozen: readonly { readonly learnerId: string; readonly stored: StoredFrozenCredits }[]): void {
    for (const { learnerId, stored } of frozen) {
      const { credited, courseware, trainings } = stored;
      const figures = [credited.online, credited['self-study'], credited.offline];
      this.#hash.update(`\n${JSON.stringify([learnerId, figures, courseware, trainings])}`);
      this.learners += 1;
    }
  }

  checksum(): string {
    return this.#hash.digest('hex');
  }
}

/** Credited in all. */
export const creditedMs = ({ credited }: ClosedYear): number =>
  credited.online + credited['self-study'] + credited.offline;

const frozenAtOnce = 500;

/** The snapshot of a year as it is stored, in the order of ids. */
export async function* frozenChunks(
  { years }: { readonly years: Pick<YearsLedger, 'frozen'> },
  year: number,
): AsyncGenerator<readonly FrozenLearner[], void, void> {
  for (let after: LearnerId | null = null; ; ) {
    const chunk: readonly FrozenLearner[] = await years.frozen(year, after, frozenAtOnce);
    const last = chunk.at(-1);
    if (last === undefined) return;
    yield chunk;
    after = last.learnerId;
  }
}
