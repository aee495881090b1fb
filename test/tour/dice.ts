/** Chance that a seed decides: the same seed makes the same institute. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  share(): number;
  /** A whole number of a range, both inclusive. */
  whole(from: number, to: number): number;
  /** One of these, the first ones much more often. */
  favourite<Each>(among: readonly Each[]): Each;
  one<Each>(among: readonly Each[]): Each;
  /** Whether something happens that does so often. */
  happens(share: number): boolean;
}

/** Mulberry32. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const at = <Each>(among: readonly Each[], nth: number): Each => {
    const each = among[Math.min(among.length - 1, Math.floor(nth))];
    if (each === undefined) throw new RangeError('there is nothing to choose from');
    return each;
  };
  return {
    share,
    whole: (from, to) => from + Math.floor(share() * (to - from + 1)),
    favourite: (among) => at(among, share() ** 2.2 * among.length),
    one: (among) => at(among, share() * among.length),
    happens: (often) => share() < often,
  };
}
