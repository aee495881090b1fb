import { type Instant, instant, type Milliseconds, milliseconds } from '../quantities.ts';

/** What a page says that it presents; only `playing` earns time. */
export type Presented = 'playing' | 'paused' | 'buffering' | 'hidden' | 'idle' | 'ended';

/** Why a stretch of a session did not count (R13). */
export type WhyNot =
  | 'paused'
  | 'hidden'
  | 'idle'
  | 'buffering'
  /** Nothing was heard of the page, or too late to be caught up on. */
  | 'gap'
  | 'courseware-limit-reached'
  | 'online-cap-reached'
  | 'year-closed';

/** Part of a session's time: it counted, or there is one reason why it did not (R13). */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  /** Accepted in this stretch (R2); 0 where nothing was. */
  readonly watchedMs: Milliseconds;
  /** Null: it counted. */
  readonly reason: WhyNot | null;
}

/**
 * The time between two reports in which something changed: what the page presented, or how much of the time was
 * accepted. Between two turns a session goes on as the first of them left it.
 */
export interface Turn {
  readonly from: Instant;
  readonly to: Instant;
  /** Accepted of the session in all, before and after. */
  readonly watchedBeforeMs: Milliseconds;
  readonly watchedAfterMs: Milliseconds;
  readonly stateBefore: Presented;
  readonly stateAfter: Presented;
}

/** What is known of a session's course. */
export interface Course {
  readonly openedAt: Instant;
  readonly lastReportAt: Instant;
  readonly watchedMs: Milliseconds;
  /** As of the last report. */
  readonly state: Presented;
  /** Null: it is open. */
  readonly sealedAt: Instant | null;
  /** Ascending. */
  readonly turns: readonly Turn[];
}

export interface StretchTerms {
  /** How much of the time between two reports may be missing without a word: requests take their time (R2). */
  readonly tolerance: Milliseconds;
  /** How often a page reports; nothing is known of a silence of more than two of them. */
  readonly heartbeat: Milliseconds;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly watchedMs: number;
  readonly before: Presented;
  readonly after: Presented;
  /** Something changed in it; otherwise all went on, within the tolerance, from report to report. */
  readonly turn: boolean;
}

/**
 * A session's time from its opening to its last report, or its sealing, without holes: what counted, and why the
 * rest did not (R13). Accepted time stands at the end of the interval that it was reported in (R2), but for playing
 * that a pause ended, which stands at its start.
 */
export function stretchesOf(course: Course, terms: StretchTerms): Stretch[] {
  const stretches: Stretch[] = [];
  for (const piece of piecesOf(course)) for (const each of divide(piece, terms)) append(stretches, each);
  if (course.sealedAt !== null && course.sealedAt - course.lastReportAt > terms.tolerance) {
    append(stretches, stretch(course.lastReportAt, course.sealedAt, 0, silence(course.state)));
  }
  return stretches;
}

function piecesOf({ openedAt, lastReportAt, watchedMs, state, turns }: Course): Piece[] {
  const pieces: Piece[] = [];
  let [at, watched]: [number, number] = [openedAt, 0];
  for (const { from, to, watchedBeforeMs, watchedAfterMs, stateBefore, stateAfter } of turns) {
    pieces.push({
      from: at,
      to: from,
      watchedMs: watchedBeforeMs - watched,
      before: stateBefore,
      after: stateBefore,
      turn: false,
    });
    pieces.push({
      from,
      to,
      watchedMs: watchedAfterMs - watchedBeforeMs,
      before: stateBefore,
      after: stateAfter,
      turn: true,
    });
    at = to;
    watched = watchedAfterMs;
  }
  const rest = { from: at, to: lastReportAt, watchedMs: watchedMs - watched };
  pieces.push({ ...rest, before: state, after: state, turn: false });
  return pieces.filter(({ from, to }) => to > from);
}

function divide(
  { from, to, watchedMs, before, after, turn }: Piece,
  { tolerance, heartbeat }: StretchTerms,
): Stretch[] {
  const missing = to - from - watchedMs;
  // A little may be missing at each report, and much in all: that is nowhere, and nothing that happened.
  if (before === 'playing' && (!turn || missing <= tolerance)) return [stretch(from, to, watchedMs, null)];
  if (before !== 'playing') {
    const played = to - watchedMs;
    return [stretch(from, played, 0, restOf(before)), stretch(played, to, watchedMs, null)];
  }
  if (after !== 'playing') {
    const rested = from + watchedMs;
    return [stretch(from, rested, watchedMs, null), stretch(rested, to, 0, restOf(after))];
  }
  const reason = to - from > 2 * heartbeat ? 'gap' : 'buffering';
  return [stretch(from, to - watchedMs, 0, reason), stretch(to - watchedMs, to, watchedMs, null)];
}

/** Stretches that are alike and touch are one. */
function append(stretches: Stretch[], next: Stretch): void {
  if (next.to <= next.from) return;
  const last = stretches.at(-1);
  if (last === undefined || last.reason !== next.reason) stretches.push(next);
  else
    stretches[stretches.length - 1] = stretch(
      last.from,
      next.to,
      last.watchedMs + next.watchedMs,
      next.reason,
    );
}

const stretch = (from: number, to: number, watchedMs: number, reason: WhyNot | null): Stretch => ({
  from: instant(from),
  to: instant(to),
  watchedMs: milliseconds(watchedMs),
  reason,
});

function restOf(state: Exclude<Presented, 'playing'>): WhyNot {
  return state === 'ended' ? 'paused' : state;
}

const silence = (state: Presented): WhyNot => (state === 'playing' ? 'gap' : restOf(state));
