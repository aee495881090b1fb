import {
  type AccountingYear,
  Problem,
  type YearComparison,
  type YearDifference,
} from '@watchledger/contract';
import type { FrozenLearner, StoredYear } from '@watchledger/ledger';
import { type LearnerId, milliseconds, wholeSeconds } from '@watchledger/rules';
import { type Officer, requireHeadquarters } from '../access/reviewer.ts';
import { presentYear } from '../credits/fold-learner.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { YearsContext } from './context.ts';
import { yearShape } from './shape.ts';
import { creditedMs, foldedYear, frozenChunks, SnapshotSum } from './snapshot.ts';

/** The present year, and those that were closed, the newest first. */
export async function listYears(
  context: YearsContext,
  _input: object,
): Promise<{ items: AccountingYear[]; nextCursor: null }> {
  const stored = await whileStoresAnswer(() => context.years.years());
  const present = presentYear(context);
  const all = new Set([present, present - 1, ...stored.map(({ year }) => year)]);
  const items = [...all].sort((a, b) => b - a).map((year) => yearShape(year, stored, context.now()));
  const withProgress = items.map(async (item) =>
    item.state === 'closing' ? { ...item, progress: await context.years.progress(item.year) } : item,
  );
  return { items: await whileStoresAnswer(() => Promise.all(withProgress)), nextCursor: null };
}

/**
 * Thaws the last closed year, or breaks off a closing (R8).
 * @throws Problem `forbidden`, `year-not-closed`, `year-not-closable`, `unavailable`
 */
export async function reopenYear(
  { years, now }: YearsContext,
  { actor, organisationId, year, reason }: Officer & { readonly year: number; readonly reason: string },
): Promise<AccountingYear> {
  requireHeadquarters({ organisationId });
  const at = now();
  const outcome = await whileStoresAnswer(() => years.reopen(year, { actor, at, reason }));
  if (outcome === 'not-closed') throw notClosed(year);
  if (outcome === 'later-closed')
    throw new Problem('year-not-closable', 'A later year is closed: reopen that one first.');
  return yearShape(year, [], at);
}

const mostDifferences = 200;

/**
 * What a closed year holds against what a fold of today's facts and limits would say; it changes nothing.
 * @throws Problem `forbidden`, `year-not-closed`, `unavailable`
 */
export async function compareYear(
  context: YearsContext,
  { organisationId, year }: Pick<Officer, 'organisationId'> & { readonly year: number },
): Promise<YearComparison> {
  requireHeadquarters({ organisationId });
  await context.policyInForce.demand();
  return whileStoresAnswer(async () => {
    const closed = (await context.years.years()).find((each) => each.year === year);
    if (closed === undefined || closed.closedAt === null) throw notClosed(year);
    const sum = new SnapshotSum(year, closed.policy);
    const items: YearDifference[] = [];
    let different = 0;
    const compare = (learnerId: LearnerId, frozen?: FrozenLearner, folded?: FrozenLearner) => {
      const difference = differenceOf(learnerId, frozen, folded);
      if (difference === null) return;
      different += 1;
      if (items.length < mostDifferences) items.push(difference);
    };
    // Both come in the order of ids, so that nobody needs to be remembered.
    const frozen = eachOf(frozenChunks(context, year), (chunk) => chunk);
    let next = await frozen.next();
    for await (const chunk of foldedYear(context, year)) {
      for (const folded of chunk.frozen) {
        while (!next.done && next.value.learnerId < folded.learnerId) {
          sum.add([next.value]);
          compare(next.value.learnerId, next.value);
          next = await frozen.next();
        }
        const same = !next.done && next.value.learnerId === folded.learnerId ? next.value : undefined;
        compare(folded.learnerId, same, folded);
        if (same === undefined) continue;
        sum.add([same]);
        next = await frozen.next();
      }
    }
    for (; !next.done; next = await frozen.next()) {
      sum.add([next.value]);
      compare(next.value.learnerId, next.value);
    }
    return {
      year,
      learners: closed.learners,
      different,
      checksum: closed.checksum ?? '',
      intact: isIntact(closed, sum),
      items,
    };
  });
}

const isIntact = ({ learners, checksum }: StoredYear, sum: SnapshotSum): boolean =>
  sum.learners === learners && sum.checksum() === checksum;

async function* eachOf<Chunk, Each>(
  chunks: AsyncIterable<Chunk>,
  of: (chunk: Chunk) => readonly Each[],
): AsyncGenerator<Each, void, void> {
  for await (const chunk of chunks) yield* of(chunk);
}

function differenceOf(
  learnerId: LearnerId,
  frozen: FrozenLearner | undefined,
  folded: FrozenLearner | undefined,
): YearDifference | null {
  const category = (name: 'online' | 'self-study' | 'offline') => ({
    frozenSeconds: wholeSeconds(frozen?.closedYear.credited[name] ?? milliseconds(0)),
    foldedSeconds: wholeSeconds(folded?.closedYear.credited[name] ?? milliseconds(0)),
  });
  const difference = {
    learnerId,
    frozenSeconds: wholeSeconds(milliseconds(frozen === undefined ? 0 : creditedMs(frozen.closedYear))),
    foldedSeconds: wholeSeconds(milliseconds(folded === undefined ? 0 : creditedMs(folded.closedYear))),
    online: category('online'),
    selfStudy: category('self-study'),
    offline: category('offline'),
  };
  const { online, selfStudy, offline } = difference;
  const differs = [online, selfStudy, offline].some((each) => each.frozenSeconds !== each.foldedSeconds);
  return differs ? difference : null;
}

const notClosed = (year: number): Problem =>
  new Problem('year-not-closed', `The year ${year} is not closed.`);
