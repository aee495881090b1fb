import { type Instant, instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { readiness, remembered } from './readiness.ts';

const well = {
  database: async () => {},
  policyInForce: async () => {},
  lockTime: async (): Promise<Instant> => instant(100_000),
  newestReportAt: async (): Promise<Instant | null> => null,
  wallClock: () => 100_000,
};
const failing = () => Promise.reject(new Error('away: redis://10.0.0.7'));
const faults = async (change: Partial<typeof well>) => {
  const told: unknown[] = [];
  const onFailure = ({ err }: { err: unknown }) => told.push(err instanceof Error && err.message);
  const { ready, checks } = await readiness({ ...well, ...change, onFailure });
  expect(ready).toBe(checks.every(({ ok }) => ok));
  const shown = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail}`);
  return { shown, told };
};

test('a process is ready when its stores answer and the clocks agree within a second', async () => {
  const none = { shown: [], told: [] };
  expect(await faults({})).toEqual(none);
  expect(await faults({ wallClock: () => 101_000 })).toEqual(none);
  expect(await faults({ newestReportAt: async () => instant(160_000) })).toEqual(none);
});

test('it is not when the database takes no writes', async () => {
  const { shown } = await faults({ database: failing });
  expect(shown).toEqual(['database takes no writes']);
});

test('it is not when another policy is in force', async () => {
  const { shown } = await faults({ policyInForce: failing });
  expect(shown).toEqual(['policy is no longer in force: restart this process']);
});

test('it is not when the lock store is away; what is wrong there is told to the log alone', async () => {
  const { shown, told } = await faults({ lockTime: failing });
  expect(shown).toEqual(['lock does not answer', 'clock cannot be trusted']);
  expect(told).toEqual(['away: redis://10.0.0.7', 'away: redis://10.0.0.7']);
});

test('it is not when the clocks are apart', async () => {
  const { shown, told } = await faults({ wallClock: () => 102_500 });
  expect(shown).toEqual(['clock cannot be trusted']);
  expect(told).toEqual(["the lock store's clock differs by 2500 ms from this machine's"]);
});

test('it is not when a stored report lies more than a minute in the future', async () => {
  const { shown, told } = await faults({ newestReportAt: async () => instant(160_001) });
  expect(shown).toEqual(['clock cannot be trusted']);
  expect(told).toEqual(['a stored report lies 60001 ms in the future: the clock went back']);
});

test('the answer is remembered for a second, whoever asks', async () => {
  let now = 0;
  let asked = 0;
  const ready = remembered(
    async () => ({ ready: ++asked > 0, checks: [] }),
    () => now,
  );
  await Promise.all([ready(), ready()]);
  now = 999;
  await ready();
  expect(asked).toBe(1);
  now = 1_000;
  await ready();
  expect(asked).toBe(2);
});
