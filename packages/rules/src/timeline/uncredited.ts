import { instant, type Milliseconds, milliseconds } from '../quantities.ts';
import type { Stretch, WhyNot } from './stretches.ts';

/** What became of a day's accepted time of one session, in the fold (R7). */
export interface DayCredit {
  readonly watchedMs: Milliseconds;
  readonly creditedMs: Milliseconds;
  /** Why the rest of it was not credited; null where all of it was. */
  readonly reason: Extract<WhyNot, 'courseware-limit-reached' | 'online-cap-reached' | 'year-closed'> | null;
}

/**
 * Of what counted, tells apart what is credited and what is not: of each day its first part is (R4, R5, R8).
 *
 * @param stretches of one session, as `stretchesOf` gives them
 * @param days its days with accepted time, ascending
 */
export function withoutUncredited(stretches: readonly Stretch[], days: readonly DayCredit[]): Stretch[] {
  // In the order in which it was accepted: so much with this outcome, then so much with that.
  const outcomes = days.flatMap(({ watchedMs, creditedMs, reason }) => [
    { ms: creditedMs as number, reason: null },
    { ms: watchedMs - creditedMs, reason },
  ]);
  const told: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.reason !== null || stretch.watchedMs === 0) told.push(stretch);
    else told.push(...cut(stretch, outcomes));
  }
  return told;
}

function cut(stretch: Stretch, outcomes: { ms: number; reason: WhyNot | null }[]): Stretch[] {
  const parts: Stretch[] = [];
  const { from, to, watchedMs } = stretch;
  let taken = 0;
  while (taken < watchedMs) {
    const outcome = outcomes[0];
    // What a day has beyond its days' sum is a report that came between two readings.
    const ms = Math.min(watchedMs - taken, outcome?.ms ?? Number.POSITIVE_INFINITY);
    const at = (share: number) => instant(from + Math.round(((to - from) * share) / watchedMs));
    const part = {
      from: at(taken),
      to: at(taken + ms),
      watchedMs: milliseconds(ms),
      reason: outcome?.reason ?? null,
    };
    const last = parts.at(-1);
    if (ms > 0 && last !== undefined && last.reason === part.reason) {
      parts[parts.length - 1] = { ...last, to: part.to, watchedMs: milliseconds(last.watchedMs + ms) };
    } else if (ms > 0) parts.push(part);
    taken += ms;
    if (outcome !== undefined) {
      outcome.ms -= ms;
      if (outcome.ms === 0) outcomes.shift();
    }
  }
  return parts;
}
