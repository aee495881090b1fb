import { type Milliseconds, milliseconds } from '../quantities.ts';

/** A part of a medium, in whole milliseconds from its beginning; `to` is after `from`. */
export type MediaRange = readonly [from: Milliseconds, to: Milliseconds];

/** What a player says of its position jitters by so much at seeks and between two looks: a shorter hole is none. */
const JITTER_MS = 250;

/** Ranges that are kept of one medium; of one played in more pieces the shortest give way. */
export const MOST_RANGES = 500;

/**
 * What is covered when more has been played: ascending ranges with holes between them that are longer than jitter.
 * In whatever order and however often parts come, the result is the same; beyond `MOST_RANGES` it is never more than
 * was played.
 * @example cover([[0, 1_000]], [[900, 2_000]]) // [[0, 2_000]]
 */
export function cover(covered: readonly MediaRange[], played: readonly MediaRange[]): readonly MediaRange[] {
  const parts = [...covered, ...played].filter(([from, to]) => from < to).sort(([a], [b]) => a - b);
  const joined: MediaRange[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last === undefined || part[0] - last[1] > JITTER_MS) joined.push(part);
    else if (part[1] > last[1]) joined[joined.length - 1] = [last[0], part[1]];
  }
  return longest(joined);
}

/** The part of ranges that lies within a medium; one of unknown length (null) holds them all. */
export function within(ranges: readonly MediaRange[], lengthMs: Milliseconds | null): readonly MediaRange[] {
  if (lengthMs === null) return ranges;
  return ranges
    .filter(([from]) => from < lengthMs)
    .map(([from, to]) => [from, milliseconds(Math.min(to, lengthMs))]);
}

/** How much of a medium ascending ranges cover. */
export function coveredMs(ranges: readonly MediaRange[]): Milliseconds {
  return milliseconds(ranges.reduce((sum, [from, to]) => sum + to - from, 0));
}

/** Of ranges of one length the earlier ones stay, so that a repeated report changes nothing. */
function longest(ranges: readonly MediaRange[]): readonly MediaRange[] {
  if (ranges.length <= MOST_RANGES) return ranges;
  return ranges
    .toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0])
    .slice(0, MOST_RANGES)
    .sort(([a], [b]) => a - b);
}
