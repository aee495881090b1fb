import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { expectTrue, openDemo } from './demo.ts';

describe('a video on the demo page', () => {
  test('what was really played is credited; a pause is not (R1)', async () => {
    await using demo = await openDemo();
    const { tab } = await demo.signIn();
    await tab.says('state', 'Ready');
    await tab.says('online-all', '50:00:00');
    await tab.play();
    await tab.says('state', 'Counting');
    await expect.poll(tab.watchedSeconds, { timeout: 6_000 }).toBeGreaterThanOrEqual(2);
    await tab.pause();
    await tab.says('state', 'Paused');

    const playedMs = await tab.played();
    const { online, courseware } = await demo.credits();
    expectTrue(online.watchedSeconds, playedMs);
    expect(online.creditedSeconds).toBe(online.watchedSeconds);
    expect(courseware).toMatchObject([
      { coursewareId: 'demo-video', creditedSeconds: online.creditedSeconds },
    ]);
    const accepted = (await demo.current())?.watchedMs ?? 0;
    expect(Math.abs(accepted - playedMs), `${accepted} of ${playedMs} ms`).toBeLessThan(500);

    await pause(1_500);
    const later = (await demo.current())?.watchedMs ?? 0;
    // What a report outran the server's clock by is paid with the next one, up to the slack (R2).
    expect(later - accepted).toBeLessThan(300);
    expect(await tab.watchedSeconds()).toBe(Math.floor(later / 1_000));
    expect(tab.faults).toEqual([]);
  });
});

describe('a video on the demo page', () => {
  test('a storm of seeks neither earns nor loses (R1)', async () => {
    await using demo = await openDemo();
    const { tab } = await demo.signIn();
    await tab.play();
    await pause(1_000);
    for (let n = 0; n < 25; n++) {
      await tab.page.evaluate(
        (to) => {
          const video = document.querySelector('video');
          if (video === null) return;
          samplePlayedTime();
          video.currentTime = to;
          samplePlayedTime();
        },
        (n * 37) % 70,
      );
      await pause(40);
    }
    await pause(1_000);
    await tab.pause();
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
    expect(tab.faults).toEqual([]);
  });

  test('speed does not multiply (E10), and the sound does not matter', async () => {
    await using demo = await openDemo();
    const { tab } = await demo.signIn();
    await tab.play();
    const from = await tab.position();
    const since = performance.now();
    await tab.page.evaluate(() => {
      const video = document.querySelector('video');
      if (video) video.playbackRate = 2;
    });
    for (const muted of [true, false, true]) {
      await tab.page.evaluate((muted) => {
        const video = document.querySelector('video');
        if (video) video.muted = muted;
      }, muted);
      await pause(1_100);
    }
    const wallMs = performance.now() - since;
    expect(((await tab.position()) - from) * 1_000).toBeGreaterThan(1.7 * wallMs);
    await tab.pause();
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
    expect(tab.faults).toEqual([]);
  });

  test('its end is the end of counting, and playing it anew goes on', async () => {
    await using demo = await openDemo();
    const { tab } = await demo.signIn();
    await tab.page.evaluate(() => {
      const video = document.querySelector('video');
      if (video) video.currentTime = video.duration - 2;
    });
    await tab.play();
    await tab.says('state', 'Played to the end');
    await pause(1_200);
    const { online } = await demo.credits();
    expectTrue(online.creditedSeconds, await tab.played());
    await pause(1_500);
    expect((await demo.credits()).online).toEqual(online);

    await tab.page.locator('video').click();
    await tab.says('state', 'Counting');
    await pause(1_500);
    await tab.pause();
    expectTrue((await demo.credits()).online.creditedSeconds, await tab.played());
    expect(tab.faults).toEqual([]);
  });
});
