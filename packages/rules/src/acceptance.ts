import type { DayNumber, Instant, Milliseconds } from './quantities.ts';

/** What the server has accepted of one session's claims so far (R2). */
export interface WatchAccount {
  /** When the last report arrived; the opening until then. */
  readonly lastReportAt: Instant;
  /** When time was last accepted; the opening until then. */
  readonly grewAt: Instant;
  /** Accepted in all. */
  readonly watchedMs: Milliseconds;
  /** Claimed and refused for good. */
  readonly forfeitedMs: Milliseconds;
  /** The day of the last report, and what was accepted on it. */
  readonly day: DayNumber;
  readonly dayMs: Milliseconds;
  /** What was accepted on the day before `day`, as far as this account saw it. */
  readonly previousDayMs: Milliseconds;
}

export interface AcceptanceTerms {
  readonly maxCatchUp: Milliseconds;
  readonly slack: Milliseconds;
}

/**
 * Three days around a moment: day `firstDay + i` lasts from `starts[i]` to `starts[i + 1]`. A day before and
 * a day after the present one leave room for clocks that disagree.
 */
export interface DayWindow {
  readonly firstDay: DayNumber;
  readonly starts: readonly [Instant, Instant, Instant, Instant];
}

/** A moment lies outside the days it is to be booked on: two clocks disagree by a day or more. */
export class OutsideDayWindow extends RangeError {
  override readonly name = 'OutsideDayWindow';

  constructor(at: Instant) {
    super(`${new Date(at).toISOString()} is not within the days it is to be booked on`);
  }
}

/** The account of a session that opens now. */
export function openAccount(openedAt: Instant, day: DayNumber): WatchAccount {
  const nothing = 0 as Milliseconds;
  return {
    lastReportAt: openedAt,
    grewAt: openedAt,
    watchedMs: nothing,
    forfeitedMs: nothing,
    day,
    dayMs: nothing,
    previousDayMs: nothing,
  };
}

/**
 * Accepts a cumulative claim (R2): at most the time since the last report and at most `maxCatchUp`; what
 * exceeds that by more than `slack` is forfeited for good. The accepted stretch is the last `granted`
 * milliseconds before `now`, split at midnight (R9). A `now` before the last report counts as that report's.
 * What lies before midnight is booked on the day numbered one less, also where the zone skipped that day
 * (Apia, 2011-12-30): nothing is lost or doubled, but it shows under a day that never was.
 *
 * @throws OutsideDayWindow when the stretch does not lie within `days`
 */
export function accept(
  account: WatchAccount,
  claimMs: number,
  now: Instant,
  days: DayWindow,
  terms: AcceptanceTerms,
): WatchAccount {
  const at = Math.max(now, account.lastReportAt) as Instant;
  const growth = Math.max(0, claimMs - account.forfeitedMs - account.watchedMs);
  const granted = Math.min(growth, at - account.lastReportAt, terms.maxCatchUp);
  const forfeited = Math.max(0, growth - granted - terms.slack);

  const today = dayOf(at, days);
  const beforeMidnight = Math.max(0, Math.min(granted, startOf(today, days) - (at - granted)));
  if (beforeMidnight > 0 && today === days.firstDay) throw new OutsideDayWindow(at);
  const sameDay = account.day === today;
  const followingDay = account.day === today - 1;

  return {
    lastReportAt: at,
    grewAt: granted > 0 ? at : account.grewAt,
    watchedMs: (account.watchedMs + granted) as Milliseconds,
    forfeitedMs: (account.forfeitedMs + forfeited) as Milliseconds,
    day: today,
    dayMs: ((sameDay ? account.dayMs : 0) + granted - beforeMidnight) as Milliseconds,
    previousDayMs: (sameDay
      ? account.previousDayMs
      : (followingDay ? account.dayMs : 0) + beforeMidnight) as Milliseconds,
  };
}

/**
 * Accepts what a sealed session watched before its sealing and had not reported yet (R3a). However many late
 * reports come, together they get at most what one report at the sealing would have got.
 *
 * @throws OutsideDayWindow when the stretch does not lie within `days`
 */
export function acceptLate(
  account: WatchAccount,
  claimMs: number,
  sealedAt: Instant,
  days: DayWindow,
  terms: AcceptanceTerms,
): WatchAccount {
  const earliest = Math.max(account.lastReportAt, sealedAt - terms.maxCatchUp) as Instant;
  const growth = Math.max(0, claimMs - account.forfeitedMs - account.watchedMs);
  const at = Math.min(earliest + growth, sealedAt) as Instant;
  return accept({ ...account, lastReportAt: earliest }, claimMs, at, days, terms);
}

/** The day of a moment within a window. @throws OutsideDayWindow */
export function dayOf(at: Instant, { firstDay, starts }: DayWindow): DayNumber {
  if (at < starts[0] || at >= starts[3]) throw new OutsideDayWindow(at);
  return (firstDay + (at < starts[1] ? 0 : at < starts[2] ? 1 : 2)) as DayNumber;
}

function startOf(day: DayNumber, { firstDay, starts }: DayWindow): Instant {
  return starts[(day - firstDay) as 0 | 1 | 2];
}
