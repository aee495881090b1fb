import {
  type Calendar,
  createDayWindows,
  type DayWindow,
  type Instant,
  type LearnerId,
  OutsideDayWindow,
} from '@watchledger/rules';
import { LockUnavailable, type ViewingLock } from '../port.ts';
import { adopt, end, isActive, type LockRow, type LockTerms, open, report, type Step } from '../protocol.ts';
import { createAnchoredClock } from './clock.ts';

export interface LocalLockOptions {
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  readonly clock?: () => Instant;
  /** Where the rows are kept; tests take rows away, or bring old ones back. */
  readonly rows?: Map<LearnerId, LockRow>;
}

const ROWS_BETWEEN_SWEEPS = 10_000;

/** The lock in this process's memory, which must then own the database alone (T22). */
export function createLocalLock({
  calendar,
  terms,
  clock = createAnchoredClock(),
  rows = new Map(),
}: LocalLockOptions): ViewingLock & { forget(learnerId?: LearnerId): void } {
  const daysAround = createDayWindows(calendar);
  let sweepAt = ROWS_BETWEEN_SWEEPS;

  function take<Reply>(
    learnerId: LearnerId,
    step: (row: LockRow | null, now: Instant, days: DayWindow) => Step<Reply>,
  ): Reply {
    const now = clock();
    try {
      const { row, reply } = step(rows.get(learnerId) ?? null, now, daysAround(now));
      if (row !== null) rows.set(learnerId, row);
      if (rows.size >= sweepAt) sweep();
      return reply;
    } catch (error) {
      if (!(error instanceof OutsideDayWindow)) throw error;
      throw new LockUnavailable(`the clock went back by a day or more: ${error.message}`, { cause: error });
    }
  }

  /** Rows that hold nothing any more are garbage: the ledger knows their sessions. */
  function sweep(): void {
    const now = clock();
    for (const [learnerId, row] of rows) if (!isActive(row, now, terms)) rows.delete(learnerId);
    sweepAt = rows.size * 2 + ROWS_BETWEEN_SWEEPS;
  }

  return {
    now: async () => clock(),
    health: async () => ({ now: clock(), away: 0 }),
    open: async (learnerId, command) =>
      take(learnerId, (row, now, days) => open(row, command, now, days, terms)),
    report: async (learnerId, command) =>
      take(learnerId, (row, now, days) => report(row, command, now, days, terms)),
    end: async (learnerId, command) =>
      take(learnerId, (row, now, days) => end(row, command, now, days, terms)),
    adopt: async (learnerId, known, repair) =>
      take(learnerId, (row, now) => adopt(row, known, repair, now, terms)),
    close: async () => rows.clear(),
    /** Loses a learner's row, or all rows, as a restart would. */
    forget: (learnerId) => (learnerId === undefined ? rows.clear() : void rows.delete(learnerId)),
  };
}
