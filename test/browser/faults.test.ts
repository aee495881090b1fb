import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectTrue, openDemo, withoutTheWire } from './demo.ts';

test('the service is killed in the middle of playing and comes back: the page says so, and nothing is lost or doubled', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn();
  await tab.play();
  await pause(1_500);
  const before = await demo.current();
  await demo.service.kill();
  await tab.says('state', 'Server out of reach', 3_000);
  await pause(500);
  await demo.service.restart();
  // A player whose file broke off with the service pauses itself, and people press play again.
  if (await tab.page.evaluate(() => document.querySelector('video')?.paused)) await tab.play();
  await tab.says('state', 'Counting', 20_000);
  expect((await demo.current())?.sessionId).toBe(before?.sessionId);
  await pause(500);
  await tab.pause();
  expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
  expect(withoutTheWire(tab.faults)).toEqual([]);
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
