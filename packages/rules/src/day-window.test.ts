import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarDay, createCalendar } from './calendar.ts';
import { parseDay } from './civil-day.ts';
import { createDayWindows } from './day-window.ts';
import { type Instant, instant } from './quantities.ts';

const at = (text: string): Instant => instant(Date.parse(text));
const texts = (moments: readonly Instant[]) => moments.map((moment) => new Date(moment).toISOString());

describe('the days around a moment (R9)', () => {
  it('are yesterday, today and tomorrow of the zone, each from midnight to midnight', () => {
    const { firstDay, starts } = createDayWindows(createCalendar('Asia/Shanghai'))(
      at('2026-03-01T12:00:00+08:00'),
    );
    expect(firstDay).toBe(parseDay('2026-02-28'));
    expect(texts(starts)).toEqual([
      '2026-02-27T16:00:00.000Z',
      '2026-02-28T16:00:00.000Z',
      '2026-03-01T16:00:00.000Z',
      '2026-03-02T16:00:00.000Z',
    ]);
  });

  it('change at midnight, to the millisecond', () => {
    const daysAround = createDayWindows(createCalendar('Asia/Shanghai'));
    const midnight = at('2026-01-01T00:00:00+08:00');
    expect(daysAround(instant(midnight - 1)).firstDay).toBe(parseDay('2025-12-30'));
    expect(daysAround(midnight).firstDay).toBe(parseDay('2025-12-31'));
    expect(daysAround(instant(midnight - 1)).firstDay).toBe(parseDay('2025-12-30'));
  });

  it('have 23 or 25 hours where the clocks change', () => {
    const daysAround = createDayWindows(createCalendar('America/New_York'));
    const lengths = (text: string) => {
      const { starts } = daysAround(at(text));
      return starts.slice(1).map((start, index) => (start - (starts[index] ?? Number.NaN)) / 3_600_000);
    };
    expect(lengths('2026-03-08T12:00:00-04:00')).toEqual([24, 23, 24]);
    expect(lengths('2026-11-01T12:00:00-05:00')).toEqual([24, 25, 24]);
  });

  it('look the calendar up once a day', () => {
    const calendar = createCalendar('Asia/Shanghai');
    let lookUps = 0;
    const dayAround = (moment: Instant): CalendarDay => {
      lookUps += 1;
      return calendar.dayAround(moment);
    };
    const daysAround = createDayWindows({ ...calendar, dayAround });
    const morning = daysAround(at('2026-03-01T00:00:00+08:00'));
    expect(daysAround(at('2026-03-01T23:59:59.999+08:00'))).toBe(morning);
    expect(lookUps).toBe(1);
  });

  it('hold the moment in the middle day, whatever the zone and whatever was asked before', () => {
    const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Asia/Kathmandu', 'UTC'];
    const moment = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(moment, { maxLength: 10 }), (zone, moments) => {
        const calendar = createCalendar(zone);
        const daysAround = createDayWindows(calendar);
        for (const value of moments) {
          const { firstDay, starts } = daysAround(instant(value));
          expect(starts[1]).toBeLessThanOrEqual(value);
          expect(starts[2]).toBeGreaterThan(value);
          expect(firstDay + 1).toBe(createCalendar(zone).dayOf(instant(value)));
        }
      }),
    );
  });
});
