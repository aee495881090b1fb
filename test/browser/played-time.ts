import type { Page } from 'playwright';

const KEY = 'test.played';

declare global {
  /** In a page whose played time is measured. */
  var samplePlayedTime: () => void;
}

/**
 * Measures in the page, beside the SDK and knowing nothing of it, for how long the video was really seen to play: the
 * wall clock from the first movement of its position after each rest or seek, in samples of 20 ms, and never much
 * more than the position has moved, however rarely a busy machine tells it. Goes on through reloads of the tab.
 * Who makes it jump samples before and after, by `samplePlayedTime`: what was played between two samples is lost in a
 * jump.
 */
export async function measurePlayedTime(page: Page): Promise<void> {
  await page.addInitScript((key) => {
    addEventListener('DOMContentLoaded', () => {
      const video = document.querySelector('video');
      if (video === null) return;
      /** A picture may be told to move a little less than it does. */
      const STILL_MS = 60;
      let total = Number(sessionStorage.getItem(key));
      let last = performance.now();
      let position = video.currentTime;
      const isRunning = () =>
        !video.paused &&
        !video.seeking &&
        (document.visibilityState === 'visible' || document.pictureInPictureElement === video);
      let ran = false;
      let began = false;
      /** How long the position has not been told to move, while the video runs. */
      let untold = 0;
      const sample = () => {
        const now = performance.now();
        const elapsed = now - last;
        const moved = ((video.currentTime - position) * 1_000) / video.playbackRate;
        // Anything else is a jump, or a page that stood still itself.
        if (!ran || moved < 0 || moved >= untold + elapsed + 250) {
          began = false;
          untold = 0;
        } else if (moved > 0) {
          total += Math.min(untold + elapsed, began ? moved + STILL_MS : moved);
          began = true;
          untold = 0;
        } else {
          untold += elapsed;
        }
        ran = isRunning();
        last = now;
        position = video.currentTime;
        sessionStorage.setItem(key, String(total));
      };
      setInterval(sample, 20);
      Object.assign(window, { samplePlayedTime: sample });
      document.addEventListener('visibilitychange', sample);
      for (const type of ['pause', 'seeking', 'seeked', 'playing', 'waiting'])
        video.addEventListener(type, sample);
    });
  }, KEY);
}

/** Milliseconds that the tab has really played. */
export function playedTime(page: Page): Promise<number> {
  return page.evaluate((key) => Number(sessionStorage.getItem(key)), KEY);
}
