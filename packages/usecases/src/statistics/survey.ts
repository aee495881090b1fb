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

/** Learners read at once; what they have played holds up heartbeats by a few milliseconds. */
const PAGE = 100;
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
    const played = sharesByLearner(await whileStoresAnswer(() => context.played.sharesOf(ids)));
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
  for (const tally of byOrganisation.values()) all.add(tally);
  const names = await organisationNames(context);
  return {
    takenAt,
    goalMs: counting.goalMs,
    all: figuresOf(all, year),
    byOrganisation: new Map(Array.from(byOrganisation, ([id, tally]) => [id, figuresOf(tally, year)])),
    names,
  };
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
