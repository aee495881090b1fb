import { describe, expect, it } from 'vitest';
import { createCalendar, UnknownTimeZoneError } from './calendar.ts';
import { formatDay, parseDay } from './civil-day.ts';
import { type DayNumber, dayNumber, instant } from './quantities.ts';

const at = (text: string) => instant(Date.parse(text));
const next = (day: DayNumber) => dayNumber(day + 1);

function dayIn(timeZone: string, text: string) {
  const calendar = createCalendar(timeZone);
  const day = parseDay(text);
  const start = calendar.startOf(day);
  const end = calendar.startOf(next(day));
  return { start: new Date(start).toISOString(), hours: (end - start) / 3_600_000 };
}

describe('a day of the policy’s time zone (R9)', () => {
  it('starts at midnight there: Asia/Shanghai', () => {
    expect(dayIn('Asia/Shanghai', '2026-01-01')).toEqual({ start: '2025-12-31T16:00:00.000Z', hours: 24 });
  });

  it('has 23 hours when clocks go forward and 25 when they go back: America/New_York', () => {
    expect(dayIn('America/New_York', '2026-03-08')).toEqual({ start: '2026-03-08T05:00:00.000Z', hours: 23 });
    expect(dayIn('America/New_York', '2026-11-01')).toEqual({ start: '2026-11-01T04:00:00.000Z', hours: 25 });
  });

  it('starts at one o’clock where midnight is skipped: Asia/Beirut, America/Sao_Paulo', () => {
    expect(dayIn('Asia/Beirut', '2021-03-28')).toEqual({ start: '2021-03-27T22:00:00.000Z', hours: 23 });
    expect(dayIn('America/Sao_Paulo', '2018-11-04')).toEqual({
      start: '2018-11-04T03:00:00.000Z',
      hours: 23,
    });
  });

  it('ends after its last hour came twice: America/Sao_Paulo', () => {
    expect(dayIn('America/Sao_Paulo', '2018-02-17')).toEqual({
      start: '2018-02-17T02:00:00.000Z',
      hours: 25,
    });
  });

  it('goes on when clocks fall back over midnight into the day before: America/St_Johns', () => {
    // At 00:01 on 29 October 2006 clocks went back to 23:01; the 29th had begun and stays.
    expect(dayIn('America/St_Johns', '2006-10-29')).toEqual({ start: '2006-10-29T02:30:00.000Z', hours: 25 });
    expect(formatDay(createCalendar('America/St_Johns').dayOf(at('2006-10-29T02:45:00Z')))).toBe(
      '2006-10-29',
    );
  });

  it('is empty where the zone skipped it: Pacific/Apia', () => {
    const calendar = createCalendar('Pacific/Apia');
    expect(dayIn('Pacific/Apia', '2011-12-30')).toEqual({ start: '2011-12-30T10:00:00.000Z', hours: 0 });
    expect(formatDay(calendar.dayOf(at('2011-12-30T09:59:59.999Z')))).toBe('2011-12-29');
    expect(formatDay(calendar.dayOf(at('2011-12-30T10:00:00Z')))).toBe('2011-12-31');
  });

  it('knows offsets of odd seconds: Africa/Monrovia before 1972', () => {
    expect(dayIn('Africa/Monrovia', '1972-01-06').start).toBe('1972-01-06T00:44:30.000Z');
  });

  it.each(['Asia/Shanghai', 'America/New_York', 'America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe'])(
    'is what the wall clock shows, over ten years in %s',
    (timeZone) => {
      const calendar = createCalendar(timeZone);
      const wallClock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
      const first = calendar.startOf(parseDay('2009-01-01'));
      for (
        let moment = first;
        moment < first + 10 * 366 * 86_400_000;
        moment = instant(moment + 37 * 3_541_000)
      ) {
        expect(formatDay(calendar.dayOf(moment))).toBe(wallClock.format(moment));
      }
    },
  );
});

describe('a calendar', () => {
  it('gives a moment’s day with both its midnights, each moment in one day', () => {
    const calendar = createCalendar('Asia/Shanghai');
    const { day, start, end } = calendar.dayAround(at('2026-03-01T01:00:00Z'));
    expect(formatDay(day)).toBe('2026-03-01');
    expect(calendar.dayOf(start)).toBe(day);
    expect(calendar.dayOf(instant(end - 1))).toBe(day);
    expect(calendar.dayOf(end)).toBe(next(day));
    expect(calendar.dayOf(instant(start - 1))).toBe(day - 1);
  });

  it.each(['Mars/Phobos', '', '+08:00', 'Asia/Shang hai'])(
    'refuses the unknown zone %j by name',
    (timeZone) => {
      expect(() => createCalendar(timeZone)).toThrow(UnknownTimeZoneError);
      expect(() => createCalendar(timeZone)).toThrow(`"${timeZone}"`);
    },
  );
});
