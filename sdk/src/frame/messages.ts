import type { ViewingState } from '../protocol.ts';

/** What a page in a frame tells the page around it: what it presents at the moment of sending. */
export interface Presented {
  watchledger: 'presented';
  state: ViewingState;
  position?: number | undefined;
  rate?: number | undefined;
}

/** What the page around asks of a frame: to tell from now on. */
export interface Asked {
  watchledger: 'asked';
}

/** How often a frame tells although nothing has changed. */
export const TELL_MS = 1_000;

/** For how long what a frame has told is believed, if nothing follows: it may be gone, or hang. */
export const BELIEVED_MS = 3_000;

const states = 'playing paused buffering hidden idle ended'.split(' ');

/** Whether a message of whatever origin is one of a frame's. */
export function isPresented(data: unknown): data is Presented {
  const { watchledger, state, position, rate } = (data ?? {}) as Record<keyof Presented, unknown>;
  return (
    watchledger === 'presented' &&
    states.includes(state as string) &&
    [position, rate].every((value) => value === undefined || Number.isFinite(value))
  );
}

export const isAsked = (data: unknown): data is Asked => (data as Asked | null)?.watchledger === 'asked';
