/** Longest stretch between two samples that is believed; a longer one was a sleep, a freeze or a debugger. */
export const MAX_GAP_MS = 10_000;

/** Sums the wall-clock time of real presentation (R1). Knows no page, no player and no clock. */
export interface Accumulator {
  /**
   * Takes one sample. The time since the last sample counts as far as that last one said it would.
   *
   * @param at now, in ms on a monotonic clock
   * @param until the moment to which presentation lasts if nothing is sampled before (see `Reading.until`)
   * @param presented since the last sample, in ms, where that is known (see `Reading.presented`): never more than
   *   went by since it began to be known
   */
  sample(at: number, until: number, presented?: number): void;
  /** Milliseconds presented so far, with fractions. */
  readonly total: number;
}

export function createAccumulator(maxGapMs = MAX_GAP_MS): Accumulator {
  let total = 0;
  let last = -Infinity;
  let presentedUntil = -Infinity;
  // What went by and is not counted yet, while it is known what is presented.
  let open = 0;
  return {
    sample(at, until, presented) {
      // Never negative: a clock that goes back must not have the same moment counted twice.
      const elapsed = Math.max(0, at - last);
      let counted = 0;
      if (elapsed > maxGapMs) open = 0;
      else if (presented === undefined) {
        open = 0;
        counted = Math.min(at, presentedUntil) - last;
      } else {
        open += elapsed;
        counted = Math.min(presented, open);
      }
      if (counted > 0) {
        total += counted;
        open -= counted;
      }
      last = Math.max(last, at);
      presentedUntil = until;
    },
    get total() {
      return total;
    },
  };
}
