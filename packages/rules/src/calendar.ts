import { dayFromCivil } from './civil-day.ts';
import { type DayNumber, dayNumber, type Instant, instant } from './quantities.ts';

/** One civil day as it lies on the time line: `[start, end)`, 23 to 25 hours where clocks change. */
export type CalendarDay = { readonly day: DayNumber; readonly start: Instant; readonly end: Instant };

/**
 * The civil days of one time zone (R9). Days follow each other without gap or overlap: a day starts when the
 * zone's clocks first show it or a later one. A day that the zone skipped is empty, and no moment lies in it.
 */
export type Calendar = {
  readonly timeZone: string;
  /** The day in which a moment lies. Free of cost for moments of the day last asked for. */
  dayOf(moment: Instant): DayNumber;
  /** The day in which a moment lies, with its two midnights. */
  dayAround(moment: Instant): CalendarDay;
  /** The first moment of a day. */
  startOf(day: DayNumber): Instant;
};

/** A time zone that this system does not know. */
export class UnknownTimeZoneError extends Error {
  override readonly name = 'UnknownTimeZoneError';
  readonly timeZone: string;

  constructor(timeZone: string) {
    super(`unknown time zone "${timeZone}" (expected an IANA name such as "Asia/Shanghai")`);
    this.timeZone = timeZone;
  }
}

const DAY = 86_400_000;
const MOST_REMEMBERED_DAYS = 4_096;

/**
 * The calendar of an IANA time zone.
 * @throws UnknownTimeZoneError
 */
export function createCalendar(timeZone: string): Calendar {
  const offsetAt = zoneOffset(timeZone);
  const starts = new Map<DayNumber, Instant>();

  function startOf(day: DayNumber): Instant {
    const known = starts.get(day);
    if (known !== undefined) return known;
    if (starts.size >= MOST_REMEMBERED_DAYS) starts.clear();
    const start = firstMomentShowing(day, offsetAt);
    starts.set(day, start);
    return start;
  }

  function find(moment: Instant): CalendarDay {
    let day = Math.floor(moment / DAY);
    while (startOf(dayNumber(day)) > moment) day -= 1;
    while (startOf(dayNumber(day + 1)) <= moment) day += 1;
    return { day: dayNumber(day), start: startOf(dayNumber(day)), end: startOf(dayNumber(day + 1)) };
  }

  let recent = find(instant(0));
  function dayAround(moment: Instant): CalendarDay {
    if (moment < recent.start || moment >= recent.end) recent = find(moment);
    return recent;
  }

  return { timeZone, startOf, dayAround, dayOf: (moment) => dayAround(moment).day };
}

type OffsetAt = (moment: number) => number;

/** Wall clock minus UTC in ms at a moment, as the zone's history has it. */
function zoneOffset(timeZone: string): OffsetAt {
  const format = zoneFormat(timeZone);
  return (moment) => {
    const shown: Record<string, number> = {};
    for (const part of format.formatToParts(moment)) shown[part.type] = Number(part.value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = shown;
    const wallClock = dayFromCivil(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000;
    return wallClock - Math.floor(moment / 1_000) * 1_000;
  };
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  // Intl also takes bare offsets such as "+08:00"; those are no IANA names, and databases read their sign differently.
  if (!/^[A-Za-z]/.test(timeZone)) throw new UnknownTimeZoneError(timeZone);
  try {
    return new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (error instanceof RangeError) throw new UnknownTimeZoneError(timeZone);
    throw error;
  }
}

/**
 * A day starts at its midnight by the offset before a clock change, if that comes first; else at the change
 * itself, if the clock jumps over midnight; else at midnight by the new offset.
 */
function firstMomentShowing(day: DayNumber, offsetAt: OffsetAt): Instant {
  const midnight = day * DAY;
  const earliest = midnight - 16 * 3_600_000;
  const latest = midnight + 16 * 3_600_000;
  const before = offsetAt(earliest);
  const after = offsetAt(latest);
  if (before === after) return instant(midnight - before);

  let stillBefore = earliest;
  let change = latest;
  while (change - stillBefore > 1) {
    const middle = Math.floor((stillBefore + change) / 2);
    if (offsetAt(middle) === before) stillBefore = middle;
    else change = middle;
  }
  if (midnight - before < change) return instant(midnight - before);
  return instant(Math.max(change, midnight - after));
}
