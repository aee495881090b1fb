import type { Progress, StoredSession } from './port.ts';

/** What the ledger does with totals that reach it. */
export type Verdict =
  /** They continue what is stored, within its latest day. */
  | 'advance'
  /** They continue what is stored, on a later day. */
  | 'roll-over'
  /** They are stored already, or more. */
  | 'repeated'
  /** The session was sealed before them (R3a). */
  | 'sealed'
  /** They come from a lock that has forgotten something. */
  | 'diverged';

/**
 * Whether totals may replace the stored ones. They may if they follow from them: nothing was stored since the
 * report they build on, nothing accepted gets lost, and the days still sum up to the whole.
 *
 * @param earlierDaysMs accepted on the stored days before the day before the progress's own
 */
export function fence(stored: StoredSession, earlierDaysMs: number, progress: Progress): Verdict {
  const { seal } = stored;
  if (seal !== null && progress.lastReportAt > seal.at) return 'sealed';
  const newlySealed = progress.seal !== null && seal === null;
  const reached = stored.lastReportAt >= progress.lastReportAt && stored.watchedMs >= progress.watchedMs;
  if (reached && !newlySealed) return 'repeated';
  if (stored.lastReportAt > progress.baseAt || stored.watchedMs > progress.watchedMs) return 'diverged';
  if (stored.day > progress.day) return 'diverged';
  if (stored.day === progress.day) {
    const before = stored.watchedMs - stored.dayMs;
    return before === progress.watchedMs - progress.dayMs ? 'advance' : 'diverged';
  }
  const storedEarlier = earlierDaysMs + (stored.day < progress.day - 1 ? stored.dayMs : 0);
  const whole = storedEarlier + progress.previousDayMs + progress.dayMs;
  return whole === progress.watchedMs ? 'roll-over' : 'diverged';
}
