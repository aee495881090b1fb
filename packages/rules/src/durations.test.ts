import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationError, formatDuration, parseDuration, wholeMinutes, wholeSeconds } from './durations.ts';
import { milliseconds } from './quantities.ts';

describe('a duration text', () => {
  it.each([
    ['250ms', 250],
    ['0s', 0],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['50h', 180_000_000],
    ['1h2m3s4ms', 3_723_004],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    ['', 'it is empty'],
    ['5', 'at "5"'],
    ['1.5h', 'at "1.5h"'],
    ['-1s', 'at "-1s"'],
    ['1h 30m', 'at " 30m"'],
    ['20 s', 'at "20 s"'],
    ['3d', 'at "3d"'],
    ['1h30', 'at "30"'],
    ['30m1h', 'larger units first'],
    ['1h1h', 'each unit stands once'],
    ['9999999999999999h', 'too long'],
  ])('%j is refused, naming the fault', (text, fault) => {
    expect(() => parseDuration(text)).toThrow(DurationError);
    expect(() => parseDuration(text)).toThrow(fault);
    expect(() => parseDuration(text)).toThrow(JSON.stringify(text));
  });

  it('is written in one canonical way', () => {
    expect(formatDuration(milliseconds(0))).toBe('0s');
    expect(formatDuration(milliseconds(90_000))).toBe('1m30s');
    expect(formatDuration(milliseconds(180_000_000))).toBe('50h');
  });

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (ms) => {
        expect(parseDuration(formatDuration(milliseconds(ms)))).toBe(ms);
      }),
    );
  });
});

it('durations are shown floored, never rounded up', () => {
  expect(wholeSeconds(milliseconds(1_999))).toBe(1);
  expect(wholeMinutes(milliseconds(119_999))).toBe(1);
});
