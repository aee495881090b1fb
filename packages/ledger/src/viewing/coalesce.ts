import type { Progress } from './port.ts';

/**
 * Two totals of one session that wait for the same commit are stored as one, if the arriving ones build on the
 * waiting ones and so contain them. Null where they do not: the lock has forgotten something in between, or the
 * session has ended, and the fence must see each.
 */
export function coalesce(waiting: Progress, arriving: Progress): Progress | null {
  const builds = arriving.baseAt >= waiting.lastReportAt && arriving.watchedMs >= waiting.watchedMs;
  if (!builds || waiting.seal !== null) return null;
  return { ...arriving, baseAt: waiting.baseAt };
}
