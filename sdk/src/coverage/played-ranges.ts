import type { Reading } from '../source.ts';

/** From and to, seconds into the media. */
export type PlayedRange = [from: number, to: number];

/** Which parts were played and are not known to the service yet. */
export interface Coverage {
  /** What to tell the service; undefined if there is nothing new. */
  report(): CoverageReport | undefined;
}

export interface CoverageReport {
  /** At most 100. */
  readonly ranges: PlayedRange[];
  /** The service has them. */
  kept(): void;
}

/** What one report may carry; of more, which takes a hundred seeks between two reports, the latest. */
const MOST = 100;

/** How much further than its time a position may move before that is a seek, in s: players tell it coarsely. */
const LEEWAY_S = 1;

/** Follows the position of what plays. Knows no page and no player. */
export function createPlayedRanges(): Coverage & {
  /** Takes what is presented at a moment, in ms on a monotonic clock. */
  sample(at: number, reading: Reading): void;
} {
  let ranges: PlayedRange[] = [];
  let from: number | undefined;
  let since = 0;

  return {
    sample(at, { state, position, rate = 1 }) {
      const moved = (position ?? Number.NaN) - (from ?? Number.NaN);
      if (moved > 0 && moved <= ((at - since) / 1_000) * rate + LEEWAY_S) add(position as number, moved);
      from = state === 'playing' ? position : undefined;
      since = at;
    },
    report() {
      if (ranges.length === 0) return;
      const told = ranges.map((range) => ({ range, to: range[1] }));
      return {
        ranges: ranges.map(([from, to]) => [from, to]),
        kept() {
          for (const { range, to } of told) range[0] = Math.max(range[0], to);
          ranges = ranges.filter(([from, to]) => to > from);
        },
      };
    },
  };

  function add(to: number, moved: number) {
    const last = ranges.at(-1);
    if (last && last[1] === from) last[1] = to;
    else ranges.push([to - moved, to]);
    if (ranges.length > MOST) ranges.shift();
  }
}
