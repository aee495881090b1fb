import { type Instant, instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { readiness } from './readiness.ts';

const well = {
  database: async () => {},
  lockTime: async (): Promise<Instant> => instant(10_000),
  wallClock: () => 10_000,
};
const failing = () => Promise.reject(new Error('away'));
const faults = async (change: Partial<typeof well>) => {
  const { ready, checks } = await readiness({ ...well, ...change });
  expect(ready).toBe(checks.every(({ ok }) => ok));
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
};

test('a process is ready when its stores answer and the clocks agree within a second', async () => {
  expect(await faults({})).toEqual([]);
  expect(await faults({ wallClock: () => 11_000 })).toEqual([]);
});

test('it is not when the database takes no writes', async () => {
  expect(await faults({ database: failing })).toEqual(['database: away']);
});

test('it is not when the lock store is away', async () => {
  expect(await faults({ lockTime: failing })).toEqual(['lock: away', 'clock: away']);
});

test('it is not when the clocks are apart', async () => {
  expect(await faults({ wallClock: () => 12_500 })).toEqual([
    "clock: the lock store's clock differs by 2500 ms from this machine's",
  ]);
});
