import type { Instant } from '@watchledger/rules';

/** Until when, by the clock of the node that runs it, a command may still run for a caller who waits only so long. */
export interface Deadlines {
  /** For a command to this node that was asked for at `askedAt`; undefined until any node's clock is known. */
  next(node: string, askedAt: Instant): number | undefined;
  /** A node's time in the answer to a command that was sent at `sentAt`. */
  learn(node: string, redisNow: number, sentAt: Instant): void;
  /** A node that is gone says nothing about those that come. */
  forget(node: string): void;
}

/** An answer that took longer says too little about the difference between the two clocks. */
const PROMPT_MS = 500;

/** Deadlines by the difference between each node's clock and this process's, as the last prompt answer told it. */
export function createDeadlines(wallClock: () => Instant, patienceMs: number): Deadlines {
  const ahead = new Map<string, number>();
  /** A node that has not told its time yet, as after a failover, is taken for the slowest: rather too early than late. */
  const ofStranger = () => (ahead.size === 0 ? undefined : Math.min(...ahead.values()));
  return {
    next: (node, askedAt) => {
      const difference = ahead.get(node) ?? ofStranger();
      return difference === undefined ? undefined : askedAt + difference + patienceMs;
    },
    learn: (node, redisNow, sentAt) => {
      const receivedAt = wallClock();
      if (receivedAt - sentAt <= PROMPT_MS) ahead.set(node, redisNow - receivedAt);
    },
    forget: (node) => void ahead.delete(node),
  };
}
