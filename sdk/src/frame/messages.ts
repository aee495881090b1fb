import type { ViewingState } from '../protocol.ts';

/** What a page in a frame tells the page around it. */
export interface Presented {
  watchledger: 'presented';
  /** What it presents at the moment of sending. */
  state: ViewingState;
  /** Milliseconds presented so far, by its own clock: a message that is lost or late takes none of them away. */
  presentedMs: number;
  position?: number | undefined;
  rate?: number | undefined;
}

/** That a frame has something to tell, if it is asked. */
export const HERE = 'here';

/** What the page around asks of a frame: to tell from now on. */
export const ASKED = 'asked';

/** How often a frame tells although nothing has changed. */
export const TELL_MS = 1_000;

/** For how long it is shown that a frame plays, if nothing follows: it may be gone, or hang. */
export const BELIEVED_MS = 3_000;

const states = 'playing paused buffering hidden idle ended'.split(' ');

/** Whether a message of whatever origin is one of a frame's. */
export function isPresented(data: unknown): data is Presented {
  const { watchledger, state, presentedMs, position, rate } = (data ?? {}) as Record<
    keyof Presented,
    unknown
  >;
  return (
    watchledger === 'presented' &&
    states.includes(state as string) &&
    [presentedMs, position ?? 0, rate ?? 0].every(Number.isFinite)
  );
}

export const isWord = (data: unknown, word: string): boolean =>
  (data as { watchledger?: unknown } | null)?.watchledger === word;

/** The origin in an address. @throws TypeError where it is none */
export const originOf = (address: string): string => new URL(address).origin;
