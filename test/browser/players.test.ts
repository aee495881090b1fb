import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Demo, type DemoPage, expectTrue, openDemo } from './demo.ts';
import { isThere, reported, type Tab } from './tab.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());

/** Opens a page by its link. All are the same learner's, and one courseware is open at a time: each is left again. */
async function open(page: DemoPage, language?: 'en-US' | 'zh-CN'): Promise<Tab> {
  const { tab } = await demo.signIn(page, language);
  onTestFinished(async () => {
    await tab.page.goto('about:blank');
    await expect.poll(demo.current).toBeUndefined();
  });
  return tab;
}

/** What the service has accepted of the session by now, ms. */
async function accepted(): Promise<number> {
  return (await demo.current())?.watchedMs ?? 0;
}

/** Seconds that the service has credited of one courseware of the demo. */
async function credited(coursewareId: string): Promise<number> {
  const { courseware } = await demo.credits();
  return courseware.find((each) => each.coursewareId === coursewareId)?.creditedSeconds ?? 0;
}

/** What the service has accepted and what was really played agree to half a second. */
async function expectAgreement(tab: Tab, coursewareId: string): Promise<void> {
  const playedMs = await tab.played();
  expect(playedMs).toBeGreaterThan(1_200);
  const acceptedMs = await accepted();
  expect(Math.abs(acceptedMs - playedMs), `${acceptedMs} of ${playedMs} ms`).toBeLessThan(500);
  expectTrue(await credited(coursewareId), playedMs);
  expect(tab.faults).toEqual([]);
}

test('hls.js: what plays of a stream counts, by one script tag with its status element', async () => {
  const tab = await open('hls');
  const status = tab.page.locator('watchledger-status [part=state]');
  await tab.says('state', 'Ready');
  await tab.play();
  await tab.says('state', 'Counting');
  await expect.poll(() => status.textContent()).toBe('Recording');
  // Into a part of the stream that is not there yet.
  await tab.page.evaluate(() => {
    const video = document.querySelector('video');
    if (video === null) return;
    samplePlayedTime();
    video.currentTime = 40;
    samplePlayedTime();
  });
  await pause(1_500);
  await tab.pause();
  await tab.says('state', 'Paused');
  expect(await tab.position()).toBeGreaterThan(41);
  await expectAgreement(tab, 'demo-hls');
});

test('Video.js: what plays counts, through its own buttons', async () => {
  const tab = await open('video-js', 'zh-CN');
  await tab.page.getByRole('button', { name: '播放视频' }).click();
  await tab.says('state', '正在计时');
  await pause(1_500);
  // Its buttons hide from a hand that rests, until it moves, and for more than one step.
  await tab.page.locator('video').hover({ position: { x: 100, y: 100 } });
  await tab.page.locator('video').hover({ position: { x: 200, y: 200 } });
  const heard = tab.page.waitForResponse((response) => reported(response) === 'paused');
  await tab.page.getByRole('button', { name: '暂停' }).click();
  await heard;
  await tab.says('state', '已暂停');
  await expectAgreement(tab, 'demo-video-js');
});

test('PDF.js: reading with wheel and keys counts, and nothing for long does not', async () => {
  const tab = await open('pdf');
  await tab.says('state', 'Counting');
  const number = tab.page.locator('.pager output');
  await expect.poll(() => number.textContent()).toBe('1 / 5');
  await tab.says('state', 'No activity', 4_000);
  const before = await accepted();
  const moves = await tab.page.locator('#document').evaluateHandle((viewer) => {
    const times: number[] = [];
    for (const type of ['pointermove', 'wheel', 'keydown']) {
      viewer.addEventListener(type, () => times.push(performance.now()), { capture: true });
    }
    return times;
  });

  const scroller = tab.page.locator('.scroller');
  await scroller.hover();
  await tab.page.mouse.wheel(0, 400);
  await pause(500);
  await tab.page.mouse.wheel(0, 400);
  await expect.poll(() => number.textContent()).toBe('2 / 5');
  await scroller.press('PageDown');
  await tab.says('state', 'Counting');
  await tab.says('state', 'No activity', 4_000);
  // From the first move until `documentIdle` after the last.
  const readMs = await moves.evaluate((times) => (times.at(-1) ?? 0) - (times[0] ?? 0) + 2_000);
  await expect.poll(async () => Math.abs((await accepted()) - before - readMs)).toBeLessThan(500);
  expectTrue(await credited('demo-pdf'), await accepted());
  expect(tab.faults).toEqual([]);
});

test('a frame: what the page in it plays counts in the page around', async () => {
  const tab = await open('frame');
  const video = tab.page.frameLocator('#lesson').locator('video');
  await tab.says('state', 'Ready');
  await isThere(video);
  await video.click();
  await tab.says('state', 'Counting');
  await pause(1_500);
  const heard = tab.page.waitForResponse((response) => reported(response) === 'paused');
  await video.evaluate((element: HTMLVideoElement) => element.pause());
  await heard;
  await tab.says('state', 'Paused');
  await expectAgreement(tab, 'demo-frame');
});
