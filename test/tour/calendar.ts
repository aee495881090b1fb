import {
  createCalendar,
  type DayNumber,
  dayNumber,
  firstDayOfYear,
  formatDay,
  instant,
  yearOf,
} from '@watchledger/rules';

const calendar = createCalendar('Asia/Shanghai');
const dayMs = 86_400_000;

/** The days of the tour: this year until yesterday, and the year before. */
export const today: DayNumber = calendar.dayOf(instant(Date.now()));
export const thisYear = yearOf(today);

/** A day of a year that is over by now: of the year before any, of this one until yesterday. */
export function dayOf(year: number, share: number): DayNumber {
  const first = firstDayOfYear(year);
  const end = Math.max(first + 1, Math.min(firstDayOfYear(year + 1), today));
  return dayNumber(first + Math.floor(share * (end - first)));
}

export const isWorkday = (day: DayNumber): boolean => ![0, 6].includes(new Date(day * dayMs).getUTCDay());

/** `YYYY-MM-DD`, some days later. */
export const dayText = (day: DayNumber, later = 0): string => formatDay(dayNumber(day + later));

/** A moment of a day, in RFC 3339. */
export const momentText = (day: DayNumber, hour: number, later = 0): string =>
  `${dayText(day, later)}T${String(hour).padStart(2, '0')}:00:00+08:00`;

/** A moment of a day in milliseconds. */
export const momentOf = (day: DayNumber, hour: number): number => calendar.startOf(day) + hour * 3_600_000;
