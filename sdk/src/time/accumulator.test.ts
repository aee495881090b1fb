import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAccumulator, MAX_GAP_MS } from './accumulator.ts';

const PLAYING = Infinity;
const NOT = -Infinity;

/** Feeds samples and gives the total. */
function total(...samples: [at: number, until: number, presented?: number][]): number {
  const time = createAccumulator();
  for (const sample of samples) time.sample(...sample);
  return time.total;
}

describe('presented time (R1)', () => {
  test('the stretch from play to pause counts, the one after does not', () => {
    expect(total([1_000, PLAYING], [3_500, NOT], [9_000, NOT])).toBe(2_500);
  });

  test('nothing counts before the first sample', () => {
    expect(total([5_000, PLAYING])).toBe(0);
  });

  test('a document counts to the moment of falling idle, however late that is noticed', () => {
    expect(total([0, 4_000], [3_000, 4_000], [9_000, 4_000])).toBe(4_000);
  });

  test('activity after falling idle starts again there and pays nothing back', () => {
    expect(total([0, 4_000], [9_000, 13_000], [10_000, 13_000])).toBe(5_000);
  });

  test('what the source knows to have been presented counts, and its time is not believed then', () => {
    expect(total([0, PLAYING], [500, PLAYING, 120], [1_000, PLAYING, 700], [1_500, NOT, 0])).toBe(820);
  });

  test('nobody presents more than went by, and what went by in a gap is gone', () => {
    expect(total([0, PLAYING], [500, PLAYING, 99_999], [600, PLAYING, Number.POSITIVE_INFINITY])).toBe(600);
    expect(total([0, PLAYING], [500, PLAYING, 0], [60_000, PLAYING, 60_000], [60_500, NOT, 60_000])).toBe(
      500,
    );
    expect(total([0, PLAYING], [5_000, PLAYING, 5_000], [1_000, PLAYING, 0], [6_000, NOT, 5_000])).toBe(
      6_000,
    );
  });

  test('a stretch longer than the longest gap was a sleep: none of it counts', () => {
    expect(total([0, PLAYING], [MAX_GAP_MS + 1, PLAYING], [MAX_GAP_MS + 501, NOT])).toBe(500);
  });

  test('a main thread blocked for five seconds while the video plays loses nothing', () => {
    expect(total([0, PLAYING], [5_000, PLAYING], [6_000, NOT])).toBe(6_000);
  });

  test('a clock that jumps back does not have the same moment counted twice', () => {
    expect(total([0, PLAYING], [5_000, PLAYING], [1_000, PLAYING], [5_000, PLAYING], [6_000, NOT])).toBe(
      6_000,
    );
  });
});

const instants = fc.double({ min: 0, max: 1e7, noNaN: true });
const presents = fc.option(fc.oneof(fc.double(), instants), { nil: undefined });
const untils = fc.oneof(fc.constant(PLAYING), fc.constant(NOT), instants);

describe('for any samples', () => {
  test('the total never falls and never exceeds the clock’s own advance', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(instants, untils, presents), { minLength: 1 }), (samples) => {
        const time = createAccumulator();
        let before = 0;
        for (const [at, until, presented] of samples) {
          time.sample(at, until, presented);
          expect(time.total).toBeGreaterThanOrEqual(before);
          before = time.total;
        }
        const moments = samples.map(([at]) => at);
        expect(time.total).toBeLessThanOrEqual(Math.max(...moments) - (moments[0] ?? 0) + 1e-6);
      }),
    );
  });

  test('with gaps within bounds the total is exactly the time spent playing, however often it is sampled', () => {
    const steps = fc.array(
      fc.record({
        // At the bound itself, moments with fractions could be apart by a hair more.
        length: fc.integer({ min: 0, max: MAX_GAP_MS - 1 }),
        playing: fc.boolean(),
        cuts: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(steps, (stretches) => {
        const time = createAccumulator();
        let at = 0;
        let truth = 0;
        for (const { length, playing, cuts } of stretches) {
          for (let cut = 0; cut < cuts; cut++) {
            time.sample(at, playing ? PLAYING : NOT);
            at += length / cuts;
          }
          if (playing) truth += length;
        }
        time.sample(at, NOT);
        expect(time.total).toBeCloseTo(truth, 3);
      }),
    );
  });
});
