import type { Coverage } from './coverage/played-ranges.ts';
import type { ViewingState } from './protocol.ts';

/** What a source presents at the moment of reading. */
export interface Reading {
  state: ViewingState;
  /**
   * Until when (on the clock given to `read`, ms) presentation lasts if nothing changes: `Infinity` for a
   * playing video, the moment of falling idle for a document, `-Infinity` when nothing is presented.
   */
  until: number;
  /** What is known, in ms, to have been presented since the last reading; unless it is, its `until` says. */
  presented?: number | undefined;
  /** Seconds into the media. */
  position?: number | undefined;
  /** Playback rate, 1 = normal. */
  rate?: number | undefined;
  /** Which parts were played, of a source that keeps account of it (`withCoverage`). */
  coverage?: Coverage | undefined;
}

/** Something that can be watched. `documentViewer()` makes one; a media element is wrapped into one. */
export interface Source {
  /** @param at now, in ms on a monotonic clock */
  read(at: number): Reading;
  /** Calls `changed` whenever a new reading may differ; returns the function that stops it. */
  observe(changed: () => void): () => void;
}

/** A state in which the learner is not asking to see anything: a stall is none, a pause is. */
export const atRest = (state: ViewingState): boolean => state !== 'playing' && state !== 'buffering';
