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
  const settle = () => new Promise<void>((resolve) => afterAll(resolve));

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

/** In a browser, whose bodies take some tasks of their own to be read, after a few of them. */
const afterAll: (done: () => void) => void =
  globalThis.setImmediate ??
  ((done) => {
    const { port1, port2 } = new MessageChannel();
    let tasks = 5;
    port1.onmessage = () => (--tasks ? port2.postMessage(0) : done());
    port2.postMessage(0);
  });
