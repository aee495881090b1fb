import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Milliseconds, milliseconds } from '../quantities.ts';
import { cover, coveredMs, type MediaRange, MOST_RANGES, within } from './ranges.ts';

const range = (from: number, to: number): MediaRange => [milliseconds(from), milliseconds(to)];
const played = (...pairs: [number, number][]) => pairs.map(([from, to]) => range(from, to));
const covered = (...pairs: [number, number][]) => cover([], played(...pairs));

describe('what was played', () => {
  it('once or several times is covered once', () => {
    expect(covered([0, 1_000], [500, 2_000], [0, 1_000])).toEqual(played([0, 2_000]));
    expect(covered([0, 5_000], [1_000, 2_000])).toEqual(played([0, 5_000]));
  });

  it('in parts with holes keeps the holes', () => {
    expect(covered([60_000, 61_000], [0, 1_000])).toEqual(played([0, 1_000], [60_000, 61_000]));
  });

  it('has no hole where the player’s position only jittered', () => {
    expect(covered([0, 1_000], [1_250, 2_000])).toEqual(played([0, 2_000]));
    expect(covered([0, 1_000], [1_251, 2_000])).toEqual(played([0, 1_000], [1_251, 2_000]));
  });

  it('backwards or not at all is nothing', () => {
    expect(covered([1_000, 1_000], [2_000, 1_500])).toEqual([]);
  });
});

it('a medium holds no more than its length, and one of unknown length all', () => {
  const ranges = played([0, 1_000], [5_000, 9_000], [10_000, 11_000]);
  expect(within(ranges, milliseconds(6_000))).toEqual(played([0, 1_000], [5_000, 6_000]));
  expect(within(ranges, milliseconds(5_000))).toEqual(played([0, 1_000]));
  expect(within(ranges, milliseconds(0))).toEqual([]);
  expect(within(ranges, null)).toEqual(ranges);
});

const part = fc
  .tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: -10, max: 3_000 }))
  .map(([from, length]) => range(from, from + length));
const parts = fc.array(part, { maxLength: 40 });
/** More pieces, too far from each other to be one, than are kept. */
const manyPieces = fc
  .array(fc.integer({ min: 1, max: 700 }), { minLength: MOST_RANGES, maxLength: 2 * MOST_RANGES })
  .map((lengths) => lengths.map((length, index) => range(index * 1_000, index * 1_000 + length)));

const isIn = (ranges: readonly MediaRange[], moment: number) =>
  ranges.some(([from, to]) => from <= moment && moment < to);

describe('whatever is played', () => {
  it('each millisecond of it is covered, and beside it only holes of up to 250 ms', () => {
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 0, max: 35_000 })), (some, moments) => {
        const all = cover([], some);
        for (const moment of moments) {
          if (isIn(some, moment)) expect(isIn(all, moment)).toBe(true);
          else if (isIn(all, moment)) {
            const before = Math.max(...some.filter(([a, b]) => a < b && b <= moment).map(([, to]) => to));
            const after = Math.min(...some.filter(([a, b]) => a < b && a > moment).map(([from]) => from));
            expect(after - before).toBeLessThanOrEqual(250);
          }
        }
      }),
    );
  });

  it('ranges ascend, with holes of more than 250 ms, and there are 500 at most', () => {
    fc.assert(
      fc.property(fc.oneof(parts, manyPieces), (some) => {
        const all = cover([], some);
        expect(all.length).toBeLessThanOrEqual(MOST_RANGES);
        for (const [index, [from, to]] of all.entries()) {
          expect(from).toBeLessThan(to);
          expect(from - (all[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(250);
        }
      }),
    );
  });

  it('the order in which it is told, and in how many reports, makes no difference', () => {
    const shuffled = parts.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }), fc.nat(some.length)),
    );
    fc.assert(
      fc.property(shuffled, ([some, others, cut]) => {
        const inTwo = cover(cover([], others.slice(0, cut)), others.slice(cut));
        const oneByOne = others.reduce<readonly MediaRange[]>((all, each) => cover(all, [each]), []);
        expect(inTwo).toEqual(cover([], some));
        expect(oneByOne).toEqual(cover([], some));
      }),
    );
  });

  it('a report that comes again changes nothing, also where the shortest ranges give way', () => {
    fc.assert(
      fc.property(fc.oneof(parts, manyPieces), fc.oneof(parts, manyPieces), (before, report) => {
        const all = cover(cover([], before), report);
        expect(cover(all, report)).toEqual(all);
        expect(cover(all, all)).toEqual(all);
      }),
    );
  });

  it('in too many pieces, none that is kept is shorter than one that gave way', () => {
    fc.assert(
      fc.property(manyPieces, (pieces) => {
        const kept = cover([], pieces);
        const lengths = ([from, to]: MediaRange) => to - from;
        const shortest = Math.min(...kept.map(lengths));
        const gone = pieces.filter(([from]) => !kept.some(([start]) => start === from));
        expect(gone.length).toBe(pieces.length - MOST_RANGES);
        for (const piece of gone) expect(lengths(piece)).toBeLessThanOrEqual(shortest);
      }),
    );
  });

  it('of a medium no more than its length is covered', () => {
    fc.assert(
      fc.property(parts, fc.nat(35_000), (some, length) => {
        const inIt = within(cover([], some), milliseconds(length) as Milliseconds);
        expect(coveredMs(inIt)).toBeLessThanOrEqual(length);
        for (const [from, to] of inIt) expect(from).toBeLessThan(to);
      }),
    );
  });
});
