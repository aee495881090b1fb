import { dayNumber, instant, milliseconds } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { sessionIdOf } from '../testing/session-id.ts';
import { contains } from './contains.ts';
import type { Progress } from './port.ts';

/** Totals of a session that plays without a pause, as a report at `at` that builds on one at `baseAt` finds them. */
const report = (baseAt: number, at: number, watchedMs = at): Progress => ({
  sessionId: sessionIdOf('s1'),
  baseAt: instant(baseAt),
  lastReportAt: instant(at),
  grewAt: instant(at),
  watchedMs: milliseconds(watchedMs),
  forfeitedMs: milliseconds(0),
  day: dayNumber(1),
  dayMs: milliseconds(watchedMs),
  previousDayMs: milliseconds(0),
  state: 'playing',
  seal: null,
});

describe('totals that arrive take the place of waiting ones', () => {
  test('that they build on', () => {
    expect(contains(report(10, 20), report(0, 10))).toBe(true);
  });

  test('also where another process stores a report that came between the two', () => {
    expect(contains(report(20, 30), report(0, 10))).toBe(true);
  });

  test('also to seal the session', () => {
    expect(contains({ ...report(10, 20), seal: { at: instant(20), as: 'ended' } }, report(0, 10))).toBe(true);
  });

  test('but not of a retry, which builds on the same report', () => {
    expect(contains(report(0, 10), report(0, 10))).toBe(false);
    expect(contains(report(0, 12), report(0, 10))).toBe(false);
  });

  test('but not where they come out of order', () => {
    expect(contains(report(0, 10), report(10, 20))).toBe(false);
  });

  test('but not where the lock has forgotten what was accepted in between', () => {
    expect(contains(report(10, 20, 9), report(0, 10))).toBe(false);
  });

  test('but not after the end', () => {
    const end = { ...report(0, 10), seal: { at: instant(10), as: 'ended' } } as const;
    expect(contains(report(10, 20), end)).toBe(false);
  });
});
