/** How long SQLite waits for another process's transaction by itself; nothing else runs meanwhile. */
export const BUSY_TIMEOUT_MS = 20;

/** How long a command is tried again, with other work in between, before it is given up. */
export const PATIENCE_MS = 2_000;

const FIRST_MS = 5;
const LONGEST_MS = 100;

/** The pauses from one attempt to the next: short at first, as most transactions are. */
export function backOff(): { next(): number; reset(): void } {
  let pauseMs = FIRST_MS;
  return {
    next: () => {
      const present = pauseMs;
      pauseMs = Math.min(2 * pauseMs, LONGEST_MS);
      return present;
    },
    reset: () => {
      pauseMs = FIRST_MS;
    },
  };
}
