import { LedgerUnavailable } from '@watchledger/ledger';
import { type Instant, instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { type ReadinessDeps, readiness, remembered, type Wanted } from './readiness.ts';

const well = {
  database: async () => {},
  policyInForce: async () => {},
  lockHealth: async () => ({ now: instant(100_000), away: 0 }),
  newestReportAt: async (): Promise<Instant | null> => null,
  wanted: [] as readonly Wanted[],
  wallClock: () => 100_000,
};
const failing = () => Promise.reject(new Error('away: redis://10.0.0.7'));
const faults = async (change: Partial<ReadinessDeps>, expected: 'ok' | 'degraded' | 'down' = 'down') => {
  const told: unknown[] = [];
  const onFailure = ({ err }: { err: unknown }) => told.push(err instanceof Error && err.message);
  const { ready, status, checks } = await readiness({ ...well, onFailure, ...change });
  expect([status, ready]).toEqual([expected, expected !== 'down']);
  expect(checks.every(({ ok, level }) => ok === (level === 'ok'))).toBe(true);
  const shown = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail}`);
  return { shown, told };
};

test('a process is well when its stores answer and the clocks agree within a quarter of a second', async () => {
  const none = { shown: [], told: [] };
  expect(await faults({}, 'ok')).toEqual(none);
  expect(await faults({ wallClock: () => 100_250 }, 'ok')).toEqual(none);
  expect(await faults({ newestReportAt: async () => instant(160_000) }, 'ok')).toEqual(none);
});

test('it is degraded, and works on, when they agree within a second only', async () => {
  for (const wallClock of [() => 100_251, () => 101_000, () => 99_000]) {
    const { shown, told } = await faults({ wallClock }, 'degraded');
    expect(shown).toEqual(['clock differs by more than 250 ms between the machines']);
    expect(told).toEqual([expect.stringMatching(/clock differs by (251|1000) ms/)]);
  }
});

test('it is degraded when something fails that is only wanted', async () => {
  const replica = { name: 'replica', words: 'cannot be read', probe: failing };
  const { shown } = await faults({ wanted: [replica] }, 'degraded');
  expect(shown).toEqual(['replica cannot be read']);
  const { shown: both } = await faults({ wanted: [replica], database: failing });
  expect(both).toEqual(['database takes no writes', 'replica cannot be read']);
});

test('a slow answer is no difference of the clocks, and is told as it is', async () => {
  let now = 100_000;
  const differences: unknown[] = [];
  const lockHealth = async () => {
    now += 3_000;
    return { now: instant(100_500), away: 0 };
  };
  const onClockDifference = (ms: number | null) => differences.push(ms);
  await faults({ lockHealth, wallClock: () => now, onClockDifference }, 'ok');
  await faults({ lockHealth: failing, onClockDifference });
  await faults({ wallClock: () => 100_700, onClockDifference }, 'degraded');
  expect(differences).toEqual([0, null, -700]);
});

test('it is down when a store hangs, and says so in time', async () => {
  const { shown, told } = await faults({ database: () => new Promise(() => {}), patienceMs: 1 });
  expect(shown).toEqual(['database takes no writes']);
  expect(told).toEqual(['no answer within 1 ms']);
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
  const { shown, told } = await faults({ lockHealth: failing });
  expect(shown).toEqual(['lock does not answer', 'clock cannot be told while the lock store is away']);
  expect(told).toEqual(['away: redis://10.0.0.7', 'away: redis://10.0.0.7']);
});

test('it is degraded while a part of the lock store is away, and judges the clocks of the rest', async () => {
  const part = { now: instant(100_000), away: 1 };
  const { shown, told } = await faults({ lockHealth: async () => part }, 'degraded');
  expect(shown).toEqual(['lock does not answer for a part of the learners']);
  expect(told).toEqual(['nodes of the lock store that do not answer: 1']);
  const { shown: apart } = await faults({ lockHealth: async () => ({ ...part, now: instant(1) }) });
  expect(apart).toEqual(['lock does not answer for a part of the learners', 'clock cannot be trusted']);
});

test('while the database is away nobody says that the policy changed or that the clock is wrong', async () => {
  const away = async () => {
    throw new LedgerUnavailable('failed', new Error('connect ECONNREFUSED'));
  };
  const problem = () => Promise.reject(new Error('unavailable', { cause: new LedgerUnavailable('failed') }));
  const { shown } = await faults({ database: away, policyInForce: problem, newestReportAt: away });
  expect(shown).toEqual([
    'database takes no writes',
    'policy cannot be told while the database is away',
    'clock cannot be told while the database is away',
  ]);
});

test('nor while a store hangs', async () => {
  const hangs = () => new Promise<never>(() => {});
  const { shown } = await faults({ policyInForce: hangs, lockHealth: hangs, patienceMs: 1 });
  expect(shown).toEqual([
    'policy cannot be told while the database is away',
    'lock does not answer',
    'clock cannot be told while the lock store is away',
  ]);
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
    async () => ({ ready: ++asked > 0, status: 'ok', checks: [] }),
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
