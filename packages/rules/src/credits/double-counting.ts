import type { CoursewareId } from '../quantities.ts';

/**
 * Keeps the online part of a training and the watched time of the courseware that it names from both counting
 * (R11). Each counted millisecond of one side is set off against at most one of the other, so a training and its
 * courseware together count at most the larger, in whatever order they come. Where trainings share courseware,
 * as much as possible is set off, by moving earlier pairs (a maximum flow): what counts in all then depends
 * neither on the order nor on which pair was made first.
 */
export class DoubleCounting {
  readonly #courseware = new Map<CoursewareId, Side>();

  constructor(named: Iterable<CoursewareId>) {
    for (const coursewareId of named) this.#courseware.set(coursewareId, new Side());
  }

  /** Sets off up to `ms` of watched time against trainings that counted; what is set off earns nothing. */
  setOffWatched(coursewareId: CoursewareId, ms: number): number {
    const side = this.#courseware.get(coursewareId);
    return side === undefined ? 0 : setOff(side, ms);
  }

  /** Watched time that was credited, open for trainings to come. */
  countWatched(coursewareId: CoursewareId, ms: number): void {
    const side = this.#courseware.get(coursewareId);
    if (side !== undefined) side.open += ms;
  }

  /** Enters a training, and sets off up to `ms` of its online part against watched time that counted. */
  setOffTraining(coursewareIds: readonly CoursewareId[], ms: number): { setOffMs: number; training: Side } {
    const training = new Side();
    for (const coursewareId of new Set(coursewareIds)) {
      const courseware = this.#courseware.get(coursewareId);
      if (courseware === undefined) continue;
      training.others.push(courseware);
      courseware.others.push(training);
    }
    return { setOffMs: setOff(training, ms), training };
  }
}

/** A training or a courseware: its counted time still open, whom it may pair with, and how much is paired. */
class Side {
  open = 0;
  readonly others: Side[] = [];
  readonly paired = new Map<Side, number>();
}

function setOff(side: Side, ms: number): number {
  let total = 0;
  let found: number;
  do {
    found = pair(side, ms - total, new Set());
    total += found;
  } while (found > 0 && total < ms);
  return total;
}

/** Pairs up to `ms` of a side with open time of the other, or with time whose partner can be paired elsewhere. */
function pair(side: Side, ms: number, visited: Set<Side>): number {
  let total = 0;
  for (const other of side.others) {
    if (total === ms) break;
    if (visited.has(other)) continue;
    visited.add(other);
    const direct = Math.min(ms - total, other.open);
    other.open -= direct;
    join(side, other, direct);
    total += direct;
    for (const [partner, paired] of other.paired) {
      if (total === ms) break;
      if (partner === side) continue;
      const moved = pair(partner, Math.min(paired, ms - total), visited);
      join(partner, other, -moved);
      join(side, other, moved);
      total += moved;
    }
  }
  return total;
}

function join(a: Side, b: Side, ms: number): void {
  if (ms === 0) return;
  a.paired.set(b, (a.paired.get(b) ?? 0) + ms);
  b.paired.set(a, (b.paired.get(a) ?? 0) + ms);
}
