import { hoursToSeconds } from '@watchledger/contract';

/** Words for units, as people write them, by the letter that a list of hours has for them. */
const units: readonly [RegExp, string][] = [
  [/个?(?:小时|学时)|hours?|hrs?/g, 'h'],
  [/分钟?|minutes?|mins?/g, 'm'],
  [/秒钟?|seconds?|secs?/g, 's'],
  [/h半/g, 'h30m'],
  [/^半个?h$/g, '30m'],
];

/**
 * Hours as people type them: `2`, `1.5`, `1.5小时`, `1小时30分`, `1h30m`, `1 h 30 min`, `1:30`.
 * @returns whole seconds; null where it is none of these
 * @example hoursTyped('1小时30分') // 5400
 */
export function hoursTyped(text: string): number | null {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  const clock = /^(\d{1,6}):([0-5]\d)$/.exec(plain);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60;
  const short = units.reduce((said, [words, letter]) => said.replaceAll(words, letter), plain);
  return hoursToSeconds(short.replace(/^(\d+\.\d+)h$/, '$1').replace(/^(\d+h\d+)$/, '$1m'));
}
