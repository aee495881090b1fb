/** How much faster than its rate a picture may leap before that is a seek, in seconds of the media. */
const LEAP_S = 1;

/** A position is told a few frames late, in ms: so much is believed of each run in which the picture has moved. */
const LATE_MS = 50;

/** The clock of some devices' sound, which a player keeps to, is a little slow: this share of a run is believed. */
const SLOW = 0.02;

/** Players at many times their speed skip, and fall behind the rate that they name: beyond this it says nothing. */
const FASTEST_EXACT = 2;

/** What a player's position tells of how long it has really been moving. */
export interface Picture {
  /**
   * Takes the position of a player that has been playing for `elapsed` ms since the position before.
   *
   * @param position seconds into the media; undefined where the player has none
   * @param rate at which it played
   * @param leapt whether a seek began since the position before
   * @returns how much more is known to have been presented, in ms: never more than elapsed in all
   */
  moved(elapsed: number, position: number | undefined, rate: number | undefined, leapt: boolean): number;
  /** Takes the position of a player that has not been playing. */
  rested(position: number | undefined): void;
}

/**
 * From the start of playing to the next rest or leap, as much was presented as the position has come forward:
 * players start, and land after a seek, some time before their picture moves. It is the sum that is compared, so that
 * a position which is told late loses nothing once it is told.
 */
export function createPicture(): Picture {
  let position: number | undefined;
  // Of the run since the last rest or leap, in ms.
  let elapsedInAll = 0;
  let moving = 0;
  let presented = 0;
  // Some players tell their time in whole seconds, which tells nothing of a moment.
  let exact = false;

  function begin(from: number | undefined) {
    position = from;
    exact ||= isExact(from);
    elapsedInAll = moving = presented = 0;
  }

  return {
    rested: begin,
    moved(elapsed, to, rate, leapt) {
      exact ||= isExact(to);
      const from = position;
      position = to;
      const step = ((to ?? Number.NaN) - (from ?? Number.NaN)) / (rate ?? Number.NaN);
      if (Number.isNaN(step)) return elapsed;
      if (leapt || step < 0 || step > elapsed / 1_000 + LEAP_S) {
        const known = moving > 0 || !exact;
        begin(to);
        return known ? elapsed : 0;
      }
      elapsedInAll += elapsed;
      moving += step * Math.max(1, Math.abs(rate ?? 1) / FASTEST_EXACT) * 1_000;
      const told = moving && moving + LATE_MS + elapsedInAll * SLOW;
      const known = exact ? Math.min(elapsedInAll, told) : elapsedInAll;
      const more = Math.max(0, known - presented);
      presented += more;
      return more;
    },
  };
}

const isExact = (position = 0) => !Number.isInteger(position);
