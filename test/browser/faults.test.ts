import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { expectTrue, lockKinds, openDemo } from './demo.ts';

describe.each(lockKinds)('in the middle of playing (%s lock)', (lock) => {
  test('the service is killed and comes back: the page says so, and nothing is lost or doubled', async () => {
    await using demo = await openDemo({ lock });
    const { tab } = await demo.signIn();
    await tab.play();
    await pause(1_500);
    const before = await demo.current();
    await demo.service.kill();
    await tab.says('state', 'Server out of reach', 3_000);
    await pause(500);
    await demo.service.restart();
    await tab.says('state', 'Counting', 20_000);
    expect((await demo.current())?.sessionId).toBe(before?.sessionId);
    await pause(500);
    await tab.pause();
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
    expect(withoutTheWire(tab.faults)).toEqual([]);
  });
});

test('Redis is gone and comes back empty: the same', async () => {
  await using demo = await openDemo({ lock: 'redis' });
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
  await using demo = await openDemo({ lock: 'redis' });
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

test('the network of the learner is gone for a while: the same, and it does not wait for the next attempt', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn();
  await tab.play();
  await pause(1_500);
  await tab.page.context().setOffline(true);
  await tab.says('state', 'Server out of reach', 4_000);
  await pause(1_500);
  await tab.page.context().setOffline(false);
  await tab.says('state', 'Counting', 1_500);
  await tab.pause();
  expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
  expect(withoutTheWire(tab.faults)).toEqual([]);
});

/** Without what the browser itself says of requests that nobody answered. */
const withoutTheWire = (faults: readonly string[]) =>
  faults.filter((fault) => !/net::ERR_|Failed to load/.test(fault));
