import type { Page } from 'playwright';

const KEY = 'test.played';

declare global {
  /** In a page whose played time is measured. */
  var samplePlayedTime: () => void;
}

/**
 * Measures in the page, beside the SDK and knowing nothing of it, for how long the video was really seen to
 * move: its position is sampled every 20 ms against the wall clock. Goes on through reloads of the tab.
 * Who makes it jump samples before and after, by `samplePlayedTime`: what was played between two samples is lost in a
 * jump.
 */
export async function measurePlayedTime(page: Page): Promise<void> {
  await page.addInitScript((key) => {
    addEventListener('DOMContentLoaded', () => {
      const video = document.querySelector('video');
      if (video === null) return;
      let total = Number(sessionStorage.getItem(key));
      let last = performance.now();
      let position = video.currentTime;
      const isSeen = () =>
        document.visibilityState === 'visible' || document.pictureInPictureElement === video;
      let seen = isSeen();
      const sample = () => {
        const now = performance.now();
        const moved = ((video.currentTime - position) * 1_000) / video.playbackRate;
        // Anything else is a jump, or a page that stood still itself.
        if (seen && moved > 0 && moved < now - last + 250) total += Math.min(moved, now - last);
        last = now;
        position = video.currentTime;
        seen = isSeen();
        sessionStorage.setItem(key, String(total));
      };
      setInterval(sample, 20);
      Object.assign(window, { samplePlayedTime: sample });
      document.addEventListener('visibilitychange', sample);
    });
  }, KEY);
}

/** Milliseconds that the tab has really played. */
export function playedTime(page: Page): Promise<number> {
  return page.evaluate((key) => Number(sessionStorage.getItem(key)), KEY);
}
