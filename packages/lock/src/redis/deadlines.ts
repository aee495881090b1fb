import type { Instant } from '@watchledger/rules';

/** Until when, by Redis's clock, a command may still run for a caller who waits only so long. */
export interface Deadlines {
  /** For a command that is sent now; undefined until Redis's clock is known. */
  next(): number | undefined;
  /** Redis's time in the answer to a command that was sent at `sentAt`. */
  learn(redisNow: number, sentAt: Instant): void;
}

/** An answer that took longer says too little about the difference between the two clocks. */
const PROMPT_MS = 500;

/** Deadlines by the difference between Redis's clock and this process's, as the last prompt answer told it. */
export function createDeadlines(wallClock: () => Instant, patienceMs: number): Deadlines {
  let ahead: number | undefined;
  return {
    next: () => (ahead === undefined ? undefined : wallClock() + ahead + patienceMs),
    learn: (redisNow, sentAt) => {
      const receivedAt = wallClock();
      if (receivedAt - sentAt <= PROMPT_MS) ahead = redisNow - receivedAt;
    },
  };
}
