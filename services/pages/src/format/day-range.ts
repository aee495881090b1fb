import type { Language } from '../texts/language.ts';

/**
 * From a day to a day, both `YYYY-MM-DD`; what they share is said once.
 * @example dayRange('zh-CN')('2026-03-01', '2026-04-05') // '2026年3月1日至4月5日'
 */
export function dayRange(language: Language): (from: string, to: string) => string {
  const tag = language === 'en' ? 'en-GB' : language;
  const long = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  if (language === 'en') return (from, to) => long.formatRange(new Date(from), new Date(to));
  // Unicode's own ranges in Chinese are of figures alone: 2026/3/1 – 2026/4/5.
  return (from, to) => {
    const [first, last] = [long.format(new Date(from)), long.format(new Date(to))];
    if (first === last) return first;
    const shared =
      from.slice(0, 7) === to.slice(0, 7) ? /^.*月/ : from.slice(0, 4) === to.slice(0, 4) ? /^.*年/ : /^/;
    return `${first}至${last.replace(shared, '')}`;
  };
}
