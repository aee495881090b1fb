import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openBrowserWithCache, openUntouchedBrowser } from './browser.ts';
import { expectTrue, openDemo } from './demo.ts';
import type { Tab } from './tab.ts';

describe('a page that goes', () => {
  test('reloaded, it replaces its own session: nothing is lost and nothing doubled', async () => {
    await using demo = await openDemo();
    const { tab } = await demo.signIn();
    await tab.play();
    await pause(1_700);
    const before = await demo.current();
    await tab.page.reload();
    await tab.says('state', 'Ready');
    await tab.play();
    await tab.says('state', 'Counting');
    expect((await demo.current())?.sessionId).not.toBe(before?.sessionId);
    await pause(1_300);
    await tab.pause();
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
    expect(tab.faults).toEqual([]);
  });

  test('left for another page, it ends its session at once, with its last stretch', async () => {
    await using demo = await openDemo();
    const { tab, another } = await demo.signIn();
    await tab.play();
    await pause(1_700);
    await tab.page.goto(demo.service.url);
    const playedMs = await tab.played();
    await expect.poll(demo.current, { timeout: 1_000 }).toBeUndefined();
    expectTrue((await demo.credits()).online.creditedSeconds, playedMs);

    const next = await another('/demo/document');
    await next.says('state', 'Counting', 1_500);
    expect([...tab.faults, ...next.faults]).toEqual([]);
  });
});

test('back from the back-forward cache, a page opens a new session and goes on', async () => {
  await using demo = await openDemo({ browse: openBrowserWithCache });
  const { tab } = await demo.signIn();
  await tab.play();
  await pause(1_500);
  await tab.page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => {
      document.title = persisted ? 'from the cache' : 'anew';
    });
  });
  await tab.page.goto(demo.service.url);
  await pause(800);
  expect(await demo.current()).toBeUndefined();
  await tab.page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => tab.page.title(), { timeout: 15_000 }).toBe('from the cache');
  const playing = await tab.page.evaluate(() => document.querySelector('video')?.paused === false);
  if (!playing) await tab.play();
  await tab.says('state', 'Counting');
  await pause(1_500);
  await tab.pause();
  expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
  expect(tab.faults).toEqual([]);
});

describe('a browser that is let be', () => {
  test('a tab behind another one earns nothing until it is seen again (R1)', async () => {
    await using demo = await openDemo({ browse: openUntouchedBrowser });
    const { tab } = await demo.signIn();
    await tab.page.evaluate(() => document.querySelector('video')?.play());
    await pause(1_500);
    await putBehind(tab);
    const from = await tab.position();
    await pause(2_000);
    expect(await tab.position()).toBeGreaterThan(from + 1);
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());

    await tab.page.bringToFront();
    await tab.says('state', 'Counting');
    await pause(1_000);
    await tab.pause();
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
    expect(tab.faults).toEqual([]);
  });

  test('one that the browser freezes, longer than its lock holds, goes on when it is thawed', async () => {
    await using demo = await openDemo({ browse: openUntouchedBrowser });
    const { tab } = await demo.signIn();
    await tab.page.evaluate(() => document.querySelector('video')?.play());
    await pause(1_500);
    await putBehind(tab);
    const devtools = await tab.page.context().newCDPSession(tab.page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await expect.poll(demo.current, { timeout: 6_000 }).toBeUndefined();
    const frozen = (await demo.credits()).online.creditedSeconds;
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await tab.page.bringToFront();
    await tab.page.evaluate(() => document.querySelector('video')?.play());
    await tab.says('state', 'Counting');
    await pause(1_500);
    await tab.pause();
    const { creditedSeconds } = (await demo.credits()).online;
    expectTrue(creditedSeconds, await tab.played());
    expect(creditedSeconds).toBeGreaterThan(frozen);
    expect(tab.faults).toEqual([]);
  });
});

async function putBehind(tab: Tab): Promise<void> {
  const other = await tab.page.context().newPage();
  await other.bringToFront();
  await tab.says('state', 'Page not visible');
  expect(await tab.page.evaluate(() => document.visibilityState)).toBe('hidden');
}
