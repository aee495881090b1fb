import { describe, expect, it } from 'vitest';
import { createCalendar } from './calendar.ts';
import { formatDay, yearOf } from './civil-day.ts';
import { splitAtMidnight } from './midnight.ts';
import { instant } from './quantities.ts';

const at = (text: string) => instant(Date.parse(text));
const shanghai = createCalendar('Asia/Shanghai');
const MINUTE = 60_000;

describe('an accepted stretch', () => {
  it('E7: watched over New Year in Shanghai is 10 minutes in each year', () => {
    const parts = splitAtMidnight(at('2025-12-31T23:50:00+08:00'), at('2026-01-01T00:10:00+08:00'), shanghai);
    expect(parts.map(({ day, ms }) => [yearOf(day), formatDay(day), ms / MINUTE])).toEqual([
      [2025, '2025-12-31', 10],
      [2026, '2026-01-01', 10],
    ]);
    expect(parts[1]?.start).toBe(at('2026-01-01T00:00:00+08:00'));
  });

  it('within a day stays whole, up to the last millisecond', () => {
    const start = at('2026-03-01T00:00:00+08:00');
    const end = at('2026-03-02T00:00:00+08:00');
    expect(splitAtMidnight(start, end, shanghai)).toHaveLength(1);
  });

  it('jumps over a day that the zone skipped', () => {
    const apia = createCalendar('Pacific/Apia');
    const parts = splitAtMidnight(at('2011-12-30T09:50:00Z'), at('2011-12-30T10:10:00Z'), apia);
    expect(parts.map(({ day }) => formatDay(day))).toEqual(['2011-12-29', '2011-12-31']);
  });

  it('of no length has no parts', () => {
    const moment = at('2026-03-01T00:00:00Z');
    expect(splitAtMidnight(moment, moment, shanghai)).toEqual([]);
  });
});
