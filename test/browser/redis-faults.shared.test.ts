import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectTrue, openDemo, withoutTheWire } from './demo.ts';

test('Redis is gone and comes back empty: the same', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn();
  await tab.play();
  await pause(1_500);
  await demo.redis?.stop();
  await tab.says('state', 'Server out of reach', 4_000);
  await demo.redis?.restartEmpty();
  await tab.says('state', 'Counting', 20_000);
  await pause(500);
  await tab.pause();
  expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
  expect(withoutTheWire(tab.faults)).toEqual([]);
});

test('Redis forgets everything between two heartbeats: nobody notices', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn();
  await tab.play();
  await pause(1_500);
  const before = await demo.current();
  await demo.redis?.restartEmpty();
  await pause(1_600);
  await tab.says('state', 'Counting', 10_000);
  await tab.pause();
  expect((await demo.current())?.sessionId).toBe(before?.sessionId);
  expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
});
