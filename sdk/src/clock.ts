/** Time as the SDK sees it: monotonic, never the calendar. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Runs `action` in `ms` milliseconds; returns the function that calls it off. */
  after(ms: number, action: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
