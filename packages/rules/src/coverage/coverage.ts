import type { Instant, Milliseconds } from '../quantities.ts';
import { cover, type MediaRange } from './ranges.ts';

/** Where a page stood in a medium, and by which report. */
export interface Place {
  /** From its beginning; null: it has been played to the end. */
  readonly positionMs: Milliseconds | null;
  readonly toldAt: Instant;
}

/** Which parts of a medium a learner has played, and where they were last. It earns nothing. */
export interface Coverage {
  readonly ranges: readonly MediaRange[];
  /** Null: nobody has told yet. */
  readonly place: Place | null;
}

export const nothingCovered: Coverage = { ranges: [], place: null };

/** What is known when a report tells more: the union of what was played, and the place of the latest report. */
export function withMore(known: Coverage, more: Coverage): Coverage {
  return { ranges: cover(known.ranges, more.ranges), place: later(known.place, more.place) };
}

/** So close to its end a medium is over: what is left is credits and black. */
const END_MS = 5_000;

/**
 * Where to go on from, if anywhere: not where nothing was played yet, and not at the end.
 * @param lengthMs of the medium; null: unknown
 */
export function placeToGoOn({ ranges, place }: Coverage, lengthMs: Milliseconds | null): Milliseconds | null {
  const positionMs = place?.positionMs ?? null;
  if (ranges.length === 0 || positionMs === null) return null;
  return lengthMs !== null && positionMs >= lengthMs - END_MS ? null : positionMs;
}

function later(known: Place | null, told: Place | null): Place | null {
  if (known === null || told === null) return known ?? told;
  return told.toldAt > known.toldAt ? told : known;
}
