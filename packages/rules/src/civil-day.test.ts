import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CalendarDayError,
  firstDayOfMonth,
  firstDayOfYear,
  formatDay,
  parseDay,
  yearOf,
} from './civil-day.ts';
import { dayNumber } from './quantities.ts';

describe('a calendar day', () => {
  it('is a count of days since 1970-01-01', () => {
    expect(parseDay('1970-01-01')).toBe(0);
    expect(parseDay('1969-12-31')).toBe(-1);
    expect(parseDay('2026-03-01')).toBe(20_513);
  });

  it('agrees with the Gregorian calendar of Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        const day = dayNumber(number);
        const date = new Date(number * 86_400_000);
        expect([yearOf(day), formatDay(day)]).toEqual([
          date.getUTCFullYear(),
          date.toISOString().slice(0, 10),
        ]);
        expect(parseDay(formatDay(day))).toBe(day);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00Z',
    '',
  ])('%j is none', (text) => {
    expect(() => parseDay(text)).toThrow(CalendarDayError);
  });
});

it('years and months begin on their first day', () => {
  expect(formatDay(firstDayOfYear(2024))).toBe('2024-01-01');
  expect(formatDay(firstDayOfMonth(2024, 2))).toBe('2024-02-01');
  expect(formatDay(firstDayOfMonth(2024, 13))).toBe('2025-01-01');
});
