import type { Clock } from '../clock.ts';

/** A clock that stands still until told to go. */
export interface VirtualClock extends Clock {
  /** Lets `ms` pass: timers ring in their order, and whatever awaited them runs in between. */
  pass(ms: number): Promise<void>;
}

export function createVirtualClock(): VirtualClock {
  let now = 0;
  const timers = new Set<{ at: number; action: () => void }>();
  // Everything that is pending as a promise, fetches and their bodies included, settles within a few turns.
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + ms, action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.action();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
