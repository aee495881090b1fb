import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CreditsRow } from '@watchledger/contract';
import type { LearnerFacts, LearnersOf } from '@watchledger/ledger';
import type { LearnerId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CreditsContext } from './context.ts';
import { foldYear, presentYear } from './fold-learner.ts';
import { creditsRow } from './shape.ts';

export interface CreditsSearch {
  /** Absent: the present accounting year. */
  readonly year?: number | undefined;
  /** Absent: every known learner; else these, also unknown ones. */
  readonly learnerIds?: readonly string[] | undefined;
  /** Only the roster of this institute. */
  readonly organisationId?: string | undefined;
  /** `goal`: only who misses credited time to the goal, and still owes it by the roster. */
  readonly below?: 'goal' | undefined;
}

/** Read and folded in one turn; at 1 µs each they hold up heartbeats by 2 ms, no longer than a batch of these does. */
const FACTS_PER_TURN = 2_000;
const MOST_LEARNERS_PER_TURN = 40;
/** Before anything is known of how many facts learners have here. */
const LEARNERS_IN_FIRST_TURN = 5;

/** How many learners to take next, as if each had as many facts as the one with the most among the last. */
export function learnersPerTurn(last: readonly LearnerFacts[]): number {
  const most = last.reduce((most, { facts }) => Math.max(most, facts.length), 1);
  return Math.min(Math.max(1, Math.floor(FACTS_PER_TURN / most)), MOST_LEARNERS_PER_TURN);
}

export interface CreditsChunk {
  readonly rows: readonly CreditsRow[];
  /** The last learner looked at, whether or not there is a row for them. */
  readonly last: LearnerId;
  readonly looked: number;
}

/** The credits of many learners in the order of ids, a chunk at a time, heartbeats going on in between. */
export async function* creditsInChunks(
  context: CreditsContext,
  { year = presentYear(context), learnerIds, organisationId, below }: CreditsSearch,
  after: LearnerId | null,
): AsyncGenerator<CreditsChunk, void, void> {
  await context.policyInForce.demand();
  const nextLearners =
    learnerIds === undefined
      ? knownLearners(context, { organisationId: organisationId ?? null, activeOnly: below === 'goal' })
      : await namedLearners(context, learnerIds, organisationId);
  let learners = LEARNERS_IN_FIRST_TURN;
  for (let position = after; ; ) {
    const asked = await nextLearners(position, learners);
    const last = asked.at(-1);
    if (last === undefined) return;
    const facts = await whileStoresAnswer(() => context.credits.factsOf(asked));
    const rows = facts
      .map((known) => creditsRow(known.learnerId, foldYear(context, known, year)))
      .filter(({ total }) => below !== 'goal' || total.missingSeconds > 0);
    yield { rows, last, looked: asked.length };
    position = last;
    learners = learnersPerTurn(facts);
    await nextTurn();
  }
}

type NextLearners = (after: LearnerId | null, most: number) => Promise<readonly LearnerId[]>;

const knownLearners =
  ({ credits }: CreditsContext, of: LearnersOf): NextLearners =>
  (after, most) =>
    whileStoresAnswer(() => credits.learnerIds(after, most, of));

/** Those of them who are on the roster, where one is asked for. */
async function namedLearners(
  { people }: CreditsContext,
  learnerIds: readonly string[],
  organisationId: string | null = null,
): Promise<NextLearners> {
  const named = [...new Set(learnerIds)].sort() as LearnerId[];
  const known = organisationId === null ? null : await whileStoresAnswer(() => people.learnersNamed(named));
  const sorted = named.filter((id) => known === null || known.get(id)?.organisationId === organisationId);
  return async (after, most) => {
    const from = after === null ? 0 : sorted.findIndex((learnerId) => learnerId > after);
    return from < 0 ? [] : sorted.slice(from, from + most);
  };
}
