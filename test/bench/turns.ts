import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs work, and tells how long each turn was that other work of this process had to wait for. */
export async function whileTurnsAreTimed<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly turnsMs: number[] }> {
  const turnsMs: number[] = [];
  let working = true;
  const waiting = (async () => {
    for (let before = performance.now(); working; ) {
      await nextTurn();
      const now = performance.now();
      turnsMs.push(now - before);
      before = now;
    }
  })();
  try {
    return { result: await work(), turnsMs };
  } finally {
    working = false;
    await waiting;
  }
}
