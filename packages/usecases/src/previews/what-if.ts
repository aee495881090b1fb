import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CreditDifference, Preview, PreviewLine } from '@watchledger/contract';
import type { LearnerFacts, StoredFact } from '@watchledger/ledger';
import {
  compareFacts,
  creditsOfYear,
  foldSortedCredits,
  type LearnerId,
  wholeSeconds,
  yearOf,
} from '@watchledger/rules';
import { type Folded, foldingOf } from '../credits/fold-learner.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { PreviewContext } from './context.ts';

/** A change that is not made yet: whom it concerns, and what their facts would be; the same where nothing is another. */
export interface WhatIf {
  readonly learnerIds: readonly LearnerId[];
  change(known: LearnerFacts): Supposed;
  /** Whether the reader may know whose credits these are; else only sums are told. Absent: they may. */
  readonly named?: boolean;
  /** The institute of the reader, who is told the figures of its own learners alone; the others are in the sums. */
  readonly organisationId: string | null;
}

/** What a learner would have. */
export interface Supposed extends Folded, Pick<LearnerFacts, 'facts'> {}

const CHUNK = 5;

/** Folds before and after the change, learner by learner, and says who gains and who loses. Throws `unavailable`. */
export async function* previewed(
  context: PreviewContext,
  whatIf: WhatIf,
): AsyncGenerator<PreviewLine, void, void> {
  await context.policyInForce.demand();
  const { learnerIds } = whatIf;
  let count = 0;
  const sums = { learners: learnerIds.length, gaining: 0, losing: 0, gainedSeconds: 0, lostSeconds: 0 };
  for (let at = 0; at < learnerIds.length; at += CHUNK) {
    const some = learnerIds.slice(at, at + CHUNK);
    const known = await whileStoresAnswer(() => context.credits.presentFactsOf(some));
    const told = await whileStoresAnswer(() => toldOf(context, whatIf, some));
    for (const facts of known) {
      const differences = differencesOf(context, facts, whatIf.change(facts));
      const gained = differences.reduce((sum, each) => sum + Math.max(0, each.differenceSeconds), 0);
      const lost = differences.reduce((sum, each) => sum + Math.max(0, -each.differenceSeconds), 0);
      if (gained > lost) sums.gaining += 1;
      if (lost > gained) sums.losing += 1;
      sums.gainedSeconds += gained;
      sums.lostSeconds += lost;
      if (!told.has(facts.learnerId)) continue;
      count += differences.length;
      yield* differences;
    }
    yield { progress: { done: Math.min(at + CHUNK, learnerIds.length), total: learnerIds.length } };
    await nextTurn();
  }
  yield { end: true, count, ...sums };
}

/** Of whom the reader may know what they gain or lose. */
async function toldOf(
  { people }: PreviewContext,
  { named = true, organisationId }: WhatIf,
  learnerIds: readonly LearnerId[],
): Promise<ReadonlySet<LearnerId>> {
  if (!named) return new Set();
  if (organisationId === null) return new Set(learnerIds);
  const known = await people.learnersNamed(learnerIds);
  return new Set(learnerIds.filter((id) => known.get(id)?.organisationId === organisationId));
}

const mostItems = 200;

/** The whole preview as one answer, with the first of those who gain or lose. */
export async function previewOf(lines: AsyncIterable<PreviewLine>): Promise<Preview> {
  const items: CreditDifference[] = [];
  for await (const line of lines) {
    if ('learnerId' in line) {
      if (items.length < mostItems) items.push(line);
    } else if ('end' in line) {
      const { end: _, count: __, ...sums } = line;
      return { preview: true, ...sums, items };
    }
  }
  throw new Error('a preview broke off');
}

/** Replaces what a learner has of one fact; null: nothing any more. */
export function withFact(
  known: LearnerFacts,
  { kind, id }: Pick<StoredFact, 'kind' | 'id'>,
  fact: StoredFact | null,
): LearnerFacts {
  const others = known.facts.filter((each) => each.kind !== kind || each.id !== id);
  return { ...known, facts: fact === null ? others : [...others, fact].sort(compareFacts) };
}

/** The open years in which a change makes a difference. */
function differencesOf(context: PreviewContext, before: LearnerFacts, after: Supposed): CreditDifference[] {
  if (after === before) return [];
  const closed = new Set(before.closedYears.map(({ year }) => year));
  const years = new Set([...before.facts, ...after.facts].map(({ day }) => yearOf(day)));
  const fold = (known: Supposed) => {
    const folding = foldingOf(context, known);
    const credits = foldSortedCredits(known.facts, folding);
    return (year: number) => wholeSeconds(creditsOfYear(credits, year, folding).total.creditedMs);
  };
  const [from, to] = [fold(before), fold(after)];
  return [...years]
    .filter((year) => !closed.has(year))
    .sort((a, b) => a - b)
    .map((year) => ({
      learnerId: before.learnerId,
      year,
      fromSeconds: from(year),
      toSeconds: to(year),
      differenceSeconds: to(year) - from(year),
    }))
    .filter(({ differenceSeconds }) => differenceSeconds !== 0);
}
