const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after a failure: doubling from 1 s to 60 s, of which a random half is cut off so that
 * the pages of a lecture hall do not come back all at once.
 *
 * @param failures how many attempts have failed in a row before this one
 * @param chance a random number in [0, 1)
 */
export function backoff(failures: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures) * (1 - chance / 2);
}
