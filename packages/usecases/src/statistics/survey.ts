import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlayedShare, StoredLearner } from '@watchledger/ledger';
import type { Instant, LearnerId } from '@watchledger/rules';
import { learnersPerTurn } from '../credits/many-learners.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { StatisticsContext } from './context.ts';
import { type Figures, figuresOf } from './shape.ts';
import { Counting, Tally } from './tally.ts';

/** A year of everybody, by institute. */
export interface Survey {
  readonly takenAt: Instant;
  readonly goalMs: number;
  readonly all: Figures;
  /** Of those without an institute under null. */
  readonly byOrganisation: ReadonlyMap<string | null, Figures>;
  /** The names of institutes. */
  readonly names: ReadonlyMap<string, string>;
}

/** Learners read at once. */
const PAGE = 100;
/** Of so many it is read at once what they have played: up to 500 ranges of each courseware, in one turn. */
const PLAYED_AT_ONCE = 10;
const ORGANISATIONS = 200;

/** Folds everybody who owes study hours once, heartbeats going on in between. */
export async function survey(context: StatisticsContext, year: number): Promise<Survey> {
  await context.policyInForce.demand();
  const takenAt = context.now();
  const counting = new Counting(context.policy, year);
  const byOrganisation = new Map<string | null, Tally>();
  let atOnce = 1;
  for await (const page of activeLearners(context)) {
    const ids = page.map(({ learnerId }) => learnerId);
    const played = sharesByLearner(await sharesOf(context, ids));
    const organisationOf = new Map(page.map((learner) => [learner.learnerId, learner.organisationId]));
    for (let from = 0; from < ids.length; ) {
      const facts = await whileStoresAnswer(() => context.credits.factsOf(ids.slice(from, from + atOnce)));
      for (const known of facts) {
        const organisationId = organisationOf.get(known.learnerId) ?? null;
        const tally = byOrganisation.get(organisationId) ?? new Tally();
        byOrganisation.set(organisationId, tally);
        const theirs = played.get(known.learnerId);
        counting.count(tally, known, (coursewareId) => theirs?.get(coursewareId));
      }
      from += facts.length;
      atOnce = learnersPerTurn(facts);
      await nextTurn();
    }
  }
  const all = new Tally();
  const figures = new Map<string | null, Figures>();
  for (const [id, tally] of byOrganisation) {
    all.add(tally);
    figures.set(id, figuresOf(tally, year));
    await nextTurn();
  }
  const names = await organisationNames(context);
  return {
    takenAt,
    goalMs: counting.goalMs,
    all: figuresOf(all, year),
    byOrganisation: figures,
    names,
  };
}

async function sharesOf({ played }: StatisticsContext, learnerIds: readonly LearnerId[]) {
  const shares: PlayedShare[] = [];
  for (let from = 0; from < learnerIds.length; from += PLAYED_AT_ONCE) {
    const some = learnerIds.slice(from, from + PLAYED_AT_ONCE);
    shares.push(...(await whileStoresAnswer(() => played.sharesOf(some))));
    await nextTurn();
  }
  return shares;
}

async function* activeLearners({ people }: StatisticsContext): AsyncGenerator<readonly StoredLearner[]> {
  for (let after: LearnerId | null = null; ; ) {
    const search = { organisationId: null, query: null, active: true, among: null, after, limit: PAGE };
    const page: readonly StoredLearner[] = await whileStoresAnswer(() => people.learners(search));
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.learnerId;
  }
}

/** A year that has not begun, in which nobody can have anything. */
export const nothingYet = (context: Pick<StatisticsContext, 'policy' | 'now'>, year: number): Survey => ({
  takenAt: context.now(),
  goalMs: context.policy.goal,
  all: figuresOf(new Tally(), year),
  byOrganisation: new Map(),
  names: new Map(),
});

async function organisationNames({ people }: StatisticsContext): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (let after: string | null = null; ; ) {
    const page = await whileStoresAnswer(() => people.organisations(after, ORGANISATIONS));
    for (const { organisationId, name } of page) names.set(organisationId, name);
    if (page.length < ORGANISATIONS) return names;
    after = page.at(-1)?.organisationId ?? null;
  }
}

function sharesByLearner(shares: readonly PlayedShare[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byLearner = new Map<string, Map<string, number>>();
  for (const { learnerId, coursewareId, share } of shares) {
    const theirs = byLearner.get(learnerId) ?? new Map<string, number>();
    theirs.set(coursewareId, share);
    byLearner.set(learnerId, theirs);
  }
  return byLearner;
}
