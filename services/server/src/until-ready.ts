import { setTimeout as wait } from 'node:timers/promises';
import type { Readiness } from '@watchledger/contract';
import { StartFault } from './start-fault.ts';

const readyWithinMs = 15_000;
const lookAgainMs = 250;

/** Nobody gets a request, or makes room, for a process that cannot do its work. Throws `StartFault` after 15 s. */
export async function untilReady(
  ready: () => Promise<Readiness>,
  pause: (ms: number) => Promise<void> = (ms) => wait(ms),
  now: () => number = () => performance.now(),
): Promise<void> {
  const giveUpAt = now() + readyWithinMs;
  for (;;) {
    const { ready: isReady, checks } = await ready();
    if (isReady) return;
    if (now() > giveUpAt) {
      const failing = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail ?? ''}`);
      throw new StartFault(`the new worker is not ready: ${failing.join(', ')}`);
    }
    await pause(lookAgainMs);
  }
}
