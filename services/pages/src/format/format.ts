import type { Language } from '../texts/language.ts';
import { dayRange } from './day-range.ts';
import { type DurationUnits, durationIn } from './duration.ts';

/** Figures, days and moments as their reader writes them. */
export interface Format {
  /** Whole minutes of seconds, floored: `54小时10分`, `54 h 10 min`. */
  duration(seconds: number): string;
  /** What is left of a whole: rounded up to minutes, so that with what is done, as shown, it adds up. */
  left(seconds: number): string;
  /** To the second: `3分20秒`, `3 min 20 s`. */
  exactDuration(seconds: number): string;
  /** By how much something grows or shrinks, to the second: `+3分20秒`, `−3 min 20 s`. */
  difference(seconds: number): string;
  /** A day `YYYY-MM-DD`: `2026年3月1日`, `1 March 2026`. */
  day(day: string): string;
  /** From a day to a day, both `YYYY-MM-DD`; what they share is said once: `2026年3月1日至5日`, `1–5 March 2026`. */
  days(from: string, to: string): string;
  /** A day without its year: `3月1日`, `1 March`. */
  shortDay(day: string): string;
  /** A month `YYYY-MM`. */
  month(month: string): string;
  /** A moment of RFC 3339, in the policy's time zone, to the minute. */
  moment(moment: string): string;
  /** The same without its day. */
  time(moment: string): string;
  /** The same to the second. */
  exactTime(moment: string): string;
  /** The day of a moment, in the policy's time zone. */
  dayOf(moment: string): string;
  number(value: number): string;
  /** 0 to 1, in whole percent, floored: not all is never 100%. */
  percent(share: number): string;
}

/** @param timeZone IANA name, in which moments are told */
export function createFormat(language: Language, timeZone: string, units: DurationUnits): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
    return (text: string) => format.format(new Date(text));
  };
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
    roundingMode: 'floor',
  });
  return {
    duration: (seconds) => durationIn(units, Math.floor(seconds / 60) * 60),
    left: (seconds) => durationIn(units, Math.ceil(seconds / 60) * 60),
    exactDuration: (seconds) => durationIn(units, seconds),
    difference: (seconds) => `${seconds < 0 ? '−' : '+'}${durationIn(units, Math.abs(seconds))}`,
    day: dates({ dateStyle: 'long', timeZone: 'UTC' }),
    days: dayRange(language),
    month: dates({ year: 'numeric', month: 'long', timeZone: 'UTC' }),
    moment: dates({ dateStyle: 'long', timeStyle: 'short', timeZone }),
    time: dates({ timeStyle: 'short', timeZone }),
    shortDay: dates({ month: 'long', day: 'numeric', timeZone: 'UTC' }),
    exactTime: dates({ timeStyle: 'medium', timeZone }),
    dayOf: dates({ dateStyle: 'long', timeZone }),
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
  };
}
