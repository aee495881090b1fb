import type { Progress } from './port.ts';

/**
 * Whether totals of one session that arrive while others wait for the same commit may take their place: if they
 * build on them, they contain them. They do not where the lock has forgotten something in between, or the session
 * has ended, and the fence must see each. What the arriving ones build on themselves is what counts then: another
 * process may be storing a report that came between the two.
 */
export function contains(arriving: Progress, waiting: Progress): boolean {
  if (waiting.seal !== null) return false;
  return arriving.baseAt >= waiting.lastReportAt && arriving.watchedMs >= waiting.watchedMs;
}
