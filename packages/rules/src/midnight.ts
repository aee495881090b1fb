import type { Calendar } from './calendar.ts';
import { type DayNumber, type Instant, type Milliseconds, milliseconds } from './quantities.ts';

/** The part of an accepted stretch that lies in one calendar day. */
export type DayStretch = { readonly day: DayNumber; readonly start: Instant; readonly ms: Milliseconds };

/** Splits an accepted stretch `[start, end)` at each midnight that it crosses (R9); an empty stretch has no parts. */
export function splitAtMidnight(start: Instant, end: Instant, calendar: Calendar): DayStretch[] {
  const parts: DayStretch[] = [];
  let from = start;
  while (from < end) {
    const around = calendar.dayAround(from);
    const to = around.end < end ? around.end : end;
    parts.push({ day: around.day, start: from, ms: milliseconds(to - from) });
    from = to;
  }
  return parts;
}
