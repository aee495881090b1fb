/** A position is told a few frames late: so much more than it has moved is believed of a start, in ms. */
const LATE_MS = 50;

/** Players at many times their speed skip, and fall behind the rate that they name: beyond this it says little. */
const FASTEST_EXACT = 2;

/** What a player's position tells of when its picture began to move. */
export interface Picture {
  /** A run of playing begins at this position: after a rest, a gap, or where nobody looked. */
  begin(position: number | undefined): void;
  /**
   * Takes the position of a player that has been playing for `elapsed` ms more.
   *
   * @param position seconds into the media; undefined where the player has none
   * @param rate at which it says that it played
   * @param leapt whether a seek began meanwhile
   * @returns how much more is known to have been presented, in ms; of a run, never more than elapsed in it
   */
  played(elapsed: number, position: number | undefined, rate: number | undefined, leapt: boolean): number;
}

/**
 * Players start, and land after a seek, some time before their picture moves: on a slow machine or network a second
 * or more. From its first movement on, a run is
 * presented by the wall clock, whatever its rate is and however rarely its position is told; what came before is
 * presented as far as that first movement reaches.
 */
export function createPicture(): Picture {
  let position: number | undefined;
  let moves = false;
  /** Of the run until it moves, in ms. */
  let waited = 0;
  let paid = 0;
  /** Where positions are told in whole seconds, standing still tells nothing. Unknown until one has moved. */
  let inWholeSeconds: boolean | undefined;

  function begin(from: number | undefined) {
    position = from;
    moves = false;
    waited = 0;
    paid = 0;
  }

  return {
    begin,
    played(elapsed, to, rate, leapt) {
      const pace = Math.min(Math.abs(rate ?? Number.NaN), FASTEST_EXACT);
      const step = Math.abs((to ?? Number.NaN) - (position ?? Number.NaN)) / pace;
      // No position, no rate, or none that is a number: the player is believed.
      const believed = moves || Number.isNaN(step);
      if (!leapt && step > 0 && inWholeSeconds !== false) inWholeSeconds = Number.isInteger(to);
      if (leapt) begin(to);
      if (believed) return elapsed;
      if (leapt) return inWholeSeconds ? elapsed : 0;

      waited += elapsed;
      moves = step > 0;
      const reached = moves ? Math.min(waited, step * 1_000 + LATE_MS) : 0;
      const known = inWholeSeconds ? waited : reached;
      const more = Math.max(0, known - paid);
      paid += more;
      return more;
    },
  };
}
