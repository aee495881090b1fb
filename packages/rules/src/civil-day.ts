import { type DayNumber, dayNumber } from './quantities.ts';

/** A text that is no calendar day `YYYY-MM-DD`. */
export class CalendarDayError extends Error {
  override readonly name = 'CalendarDayError';

  constructor(text: string) {
    super(`"${text}" is not a calendar day YYYY-MM-DD`);
  }
}

type Civil = { readonly year: number; readonly month: number; readonly day: number };

// The Gregorian calendar repeats after 400 years. Years are counted from March, so that the leap day comes last.
const DAYS_OF_ERA = 146_097;
const DAYS_FROM_ERA_START_TO_1970 = 719_468;

/** The number of a day of the proleptic Gregorian calendar; `month` is 1–12. */
export function dayFromCivil(year: number, month: number, day: number): DayNumber {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return dayNumber(era * DAYS_OF_ERA + dayOfEra - DAYS_FROM_ERA_START_TO_1970);
}

/** The accounting year of a day (R9). */
export const yearOf = (day: DayNumber): number => civilOf(day).year;

/** 1 January of a year. */
export const firstDayOfYear = (year: number): DayNumber => dayFromCivil(year, 1, 1);

/** The first day of a month, 1–12; month 13 is January of the next year, so that ranges can end before it. */
export const firstDayOfMonth = (year: number, month: number): DayNumber =>
  dayFromCivil(year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1, 1);

/** `YYYY-MM-DD`. */
export function formatDay(day: DayNumber): string {
  const civil = civilOf(day);
  return `${padded(civil.year, 4)}-${padded(civil.month, 2)}-${padded(civil.day, 2)}`;
}

/**
 * Reads `YYYY-MM-DD`.
 * @throws CalendarDayError also for days that do not exist, such as 2026-02-30
 */
export function parseDay(text: string): DayNumber {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const parsed = dayFromCivil(Number(year), Number(month), Number(day));
  if (Number.isNaN(parsed) || formatDay(parsed) !== text) throw new CalendarDayError(text);
  return parsed;
}

function civilOf(number: DayNumber): Civil {
  const sinceEraStart = number + DAYS_FROM_ERA_START_TO_1970;
  const era = Math.floor(sinceEraStart / DAYS_OF_ERA);
  const dayOfEra = sinceEraStart - era * DAYS_OF_ERA;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month > 2 ? 0 : 1),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0');
