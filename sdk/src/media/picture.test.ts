import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPicture } from './picture.ts';

interface Step {
  ms: number;
  to: number | undefined;
  rate?: number | undefined;
  leapt?: boolean;
}

/** What is presented in all, of a run that begins at a position. */
function presented(from: number | undefined, steps: Step[], picture = createPicture()): number {
  picture.rested(from);
  return steps.reduce((sum, { ms, to, leapt = false, ...step }) => {
    const rate = 'rate' in step ? step.rate : 1;
    return sum + picture.moved(ms, to, rate, leapt);
  }, 0);
}

describe('R1: what a picture tells of the time it was presented', () => {
  test('a start counts from when it moves', () => {
    expect(
      presented(7.5, [
        { ms: 80, to: 7.5 },
        { ms: 250, to: 7.67 },
        { ms: 250, to: 7.92 },
      ]),
    ).toBeCloseTo(432 + 50, 0);
  });

  test('so does the first start of all, whose position is a whole number', () => {
    expect(
      presented(0, [
        { ms: 80, to: 0 },
        { ms: 250, to: 0.17 },
        { ms: 250, to: 0.42 },
      ]),
    ).toBeCloseTo(432 + 50, 0);
  });

  test('a leap ends a run that moved, with all its time, and begins another', () => {
    const steps = [
      { ms: 250, to: 5.25 },
      { ms: 100, to: 60, leapt: true },
      { ms: 200, to: 60 },
      { ms: 50, to: 60.05 },
    ];
    expect(presented(5, steps)).toBeCloseTo(250 + 100 + 50 + 5 + 50, 0);
  });

  test('leaps one after the other, without a picture between them, present nothing', () => {
    const steps = Array.from({ length: 50 }, (_, n) => ({ ms: 20, to: (n * 37.5) % 70, leapt: true }));
    expect(presented(5.5, steps)).toBe(0);
  });

  test('a leap that nobody announced is one all the same', () => {
    const steps = [
      { ms: 1_000, to: 6 },
      { ms: 250, to: 60.5 },
      { ms: 2_000, to: 60.5 },
    ];
    expect(presented(5, steps)).toBe(1_000 + 250);
  });

  test('a loop loses nothing', () => {
    const steps = [
      { ms: 1_000, to: 19.9 },
      { ms: 250, to: 0.15 },
      { ms: 250, to: 0.4 },
    ];
    expect(presented(18.9, steps)).toBeCloseTo(1_500, 0);
  });

  test.each([
    ['at half speed', 0.5],
    ['at double speed (E10)', 2],
    ['backwards', -1],
  ])('%s it counts by the wall clock', (_, rate) => {
    const steps = Array.from({ length: 40 }, (_, n) => ({ ms: 250, to: 100 + (n + 1) * 0.25 * rate, rate }));
    expect(presented(100, steps)).toBeCloseTo(10_000, 0);
  });

  test('sixteen times as fast, a player that skips and falls behind counts by the wall clock', () => {
    const steps = Array.from({ length: 40 }, (_, n) => ({ ms: 250, to: (n + 1) * 2.3, rate: 16 }));
    expect(presented(0, steps)).toBeCloseTo(10_000, 0);
  });

  test('a device whose clock is one per cent slow loses nothing in an hour', () => {
    const steps = Array.from({ length: 14_400 }, (_, n) => ({ ms: 250, to: (n + 1) * 0.2475 }));
    expect(presented(0, steps)).toBeCloseTo(3_600_000, 0);
  });

  test.each([
    ['no', undefined],
    ['a whole', 7],
  ])('a player with %s position is believed', (_, to) => {
    expect(
      presented(to, [
        { ms: 500, to },
        { ms: 500, to },
      ]),
    ).toBe(1_000);
  });

  test('a player without a rate is believed', () => {
    expect(presented(1.5, [{ ms: 500, to: 1.6, rate: undefined }])).toBe(500);
  });

  test('however a steady run is sampled, and however late its position is told, nothing of it is lost', () => {
    const samples = fc.array(
      fc.record({ ms: fc.integer({ min: 0, max: 2_000 }), late: fc.integer({ min: 0, max: 300 }) }),
      { maxLength: 50 },
    );
    fc.assert(
      fc.property(samples, (samples) => {
        let at = 0;
        let told = 0;
        const steps = samples.map(({ ms, late }) => {
          at += ms;
          // Never back.
          told = Math.max(told, at - late);
          return { ms, to: 0.5 + told / 1_000 };
        });
        expect(presented(0.5, steps)).toBeLessThanOrEqual(at + 1e-6);
        expect(presented(0.5, [...steps, { ms: 0, to: 0.5 + at / 1_000 }])).toBeCloseTo(at, 3);
      }),
    );
  });
});
