import type { Readiness } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { StartFault } from './start-fault.ts';
import { untilReady } from './until-ready.ts';

const good: Readiness = { ready: true, status: 'ok', checks: [] };
const bad: Readiness = {
  ready: false,
  status: 'down',
  checks: [{ name: 'lock', ok: false, level: 'down', detail: 'does not answer' }],
};

test('it waits until all is well', async () => {
  const answers = [bad, bad, good];
  await untilReady(
    async () => answers.shift() ?? bad,
    async () => {},
    () => 0,
  );
  expect(answers).toEqual([]);
});

test('after 15 s it says what is wrong', async () => {
  let now = 0;
  const late = untilReady(
    async () => bad,
    async (ms) => {
      now += ms;
    },
    () => now,
  );
  await expect(late).rejects.toEqual(new StartFault('the new worker is not ready: lock does not answer'));
  expect(now).toBeGreaterThanOrEqual(15_000);
});
