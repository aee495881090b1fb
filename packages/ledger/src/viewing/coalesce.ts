import type { Progress } from './port.ts';

/**
 * Two totals of one session that wait for the same commit are stored as one: the later, which contains the
 * earlier. It keeps the earlier base, so that the fence still sees everything that either was built on.
 */
export function coalesce(waiting: Progress, arriving: Progress): Progress {
  const later = comesLater(arriving, waiting) ? arriving : waiting;
  return {
    ...later,
    baseAt: waiting.baseAt < arriving.baseAt ? waiting.baseAt : arriving.baseAt,
    seal: later.seal ?? waiting.seal ?? arriving.seal,
  };
}

function comesLater(a: Progress, b: Progress): boolean {
  if (a.lastReportAt !== b.lastReportAt) return a.lastReportAt > b.lastReportAt;
  return a.watchedMs >= b.watchedMs;
}
