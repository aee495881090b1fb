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
  picture.begin(from);
  return steps.reduce((sum, { ms, to, leapt = false, ...step }) => {
    const rate = 'rate' in step ? step.rate : 1;
    return sum + picture.played(ms, to, rate, leapt);
  }, 0);
}

/** A picture that has moved before, by which its positions are known to be exact. */
function exactPicture() {
  const picture = createPicture();
  presented(1, [{ ms: 250, to: 1.25 }], picture);
  return picture;
}

describe('R1: what a picture tells of the time it was presented', () => {
  test('a start counts from when it moves', () => {
    const steps = [
      { ms: 80, to: 7 },
      { ms: 250, to: 7.17 },
      { ms: 250, to: 7.42 },
    ];
    expect(presented(7, steps, exactPicture())).toBeCloseTo(170 + 50 + 250, 0);
  });

  test('so does the first start of all, once it moves', () => {
    const steps = [
      { ms: 80, to: 0 },
      { ms: 250, to: 0.17 },
      { ms: 250, to: 0.42 },
    ];
    expect(presented(0, steps)).toBeCloseTo(170 + 50 + 250, 0);
  });

  test('the first start of all is not believed meanwhile: how slowly a page loads earns nothing', () => {
    const picture = createPicture();
    expect(presented(0, [{ ms: 1_100, to: 0 }], picture)).toBe(0);
    expect(picture.played(250, 0.2, 1, false)).toBeCloseTo(200 + 50, 0);
    expect(picture.played(250, 0.45, 1, false)).toBe(250);
  });

  test('standing still at a start is not paid back later', () => {
    const still = [{ ms: 1_750, to: 7.5 }];
    const on = Array.from({ length: 400 }, (_, n) => ({ ms: 250, to: 7.75 + n / 4 }));
    expect(presented(7.5, [...still, ...on], exactPicture())).toBeCloseTo(100_000 + 50, 0);
  });

  test('a leap ends a run that moved, with all its time, and begins another', () => {
    const steps = [
      { ms: 250, to: 5.25 },
      { ms: 100, to: 60, leapt: true },
      { ms: 200, to: 60 },
      { ms: 50, to: 60.05 },
    ];
    expect(presented(5, steps)).toBeCloseTo(250 + 100 + 50 + 50, 0);
  });

  test('leaps one after the other, without a picture between them, present nothing', () => {
    const steps = Array.from({ length: 50 }, (_, n) => ({ ms: 20, to: (n * 37) % 70, leapt: true }));
    expect(presented(5, steps, exactPicture())).toBe(0);
  });

  test('a loop, and a leap that nobody announced, lose nothing', () => {
    const steps = [
      { ms: 1_000, to: 19.9 },
      { ms: 250, to: 0.15 },
      { ms: 250, to: 60 },
      { ms: 250, to: 60.25 },
    ];
    expect(presented(18.9, steps)).toBeCloseTo(1_750, 0);
  });

  test.each([
    ['at half its speed', 0.5],
    ['at a sixteenth of it', 1 / 16],
    ['twice as fast (E10)', 2],
    ['sixteen times as fast', 16],
    ['backwards', -1],
  ])('moving %s, whatever rate it names, it counts by the wall clock but for a moment', (_, speed) => {
    for (const rate of [speed, 1, 2]) {
      const steps = Array.from({ length: 240 }, (_, n) => ({
        ms: 250,
        to: 100.1 + (n + 1) * 0.25 * speed,
        rate,
      }));
      expect(presented(100.1, steps)).toBeGreaterThanOrEqual(60_000 - 250);
      expect(presented(100.1, steps)).toBeLessThanOrEqual(60_000);
      if (rate === speed) expect(presented(100.1, steps)).toBeCloseTo(60_000, 0);
    }
  });

  test('a player that tells whole seconds loses nothing, wherever it started', () => {
    for (const start of [12, 12.7]) {
      const steps = Array.from({ length: 240 }, (_, n) => ({ ms: 250, to: Math.floor(start + (n + 1) / 4) }));
      expect(presented(start, steps)).toBe(60_000);
    }
  });

  test.each([
    ['no', undefined],
    ['no sensible', Number.NaN],
  ])('a player with %s position is believed', (_, to) => {
    expect(presented(to, [{ ms: 500, to }])).toBe(500);
  });

  test('a player without a rate is believed', () => {
    expect(presented(1.5, [{ ms: 500, to: 1.6, rate: undefined }])).toBe(500);
  });

  test('however a steady run is sampled, it loses at most, and once, by how late its first movement is told', () => {
    const samples = fc.array(
      fc.record({ ms: fc.integer({ min: 1, max: 2_000 }), late: fc.integer({ min: 0, max: 2_000 }) }),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(samples, fc.boolean(), (samples, known) => {
        let at = 0;
        let told = 0;
        const steps = samples.map(({ ms, late }) => {
          at += ms;
          // Never back.
          told = Math.max(told, at - late);
          return { ms, to: 0.5 + told / 1_000 };
        });
        // All of it has been told in the end; what was told late is late once.
        steps.push({ ms: 1, to: 0.5 + (at + 1) / 1_000 });
        const sum = presented(0.5, steps, known ? exactPicture() : createPicture());
        expect(sum).toBeLessThanOrEqual(at + 1 + 1e-6);
        expect(sum).toBeGreaterThanOrEqual(at + 1 - 2_000 - 1e-6);
      }),
    );
  });
});
