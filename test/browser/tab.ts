import type { BrowserContext, Locator, Page, Response } from 'playwright';
import { expect } from 'vitest';
import { measurePlayedTime, playedTime } from './played-time.ts';

/** What `data-show` marks in the demo page's panel. */
type Place =
  | 'state'
  | 'why'
  | 'watched'
  | 'bound'
  | 'conflict'
  | 'conflict-heading'
  | 'conflict-what'
  | 'conflict-progress'
  | 'courseware-credited'
  | 'courseware-all'
  | 'online-credited'
  | 'online-all';

/** A tab as its user has it, and what must not happen in it. */
export interface Tab {
  readonly page: Page;
  /** Exceptions, console errors and violated security policies so far. Answers that are no 2xx are none. */
  readonly faults: string[];
  /** Clicks the video and waits until it moves. */
  play(): Promise<void>;
  /** Pauses and waits until the service has answered to that. */
  pause(): Promise<void>;
  /** Waits until the panel says it. */
  says(place: Place, text: RegExp | string, ms?: number): Promise<void>;
  text(place: Place): Promise<string>;
  /** The recorded time that the page shows, in seconds. */
  watchedSeconds(): Promise<number>;
  press(button: 'retry' | 'end-other' | 'take-over' | 'resume'): Promise<void>;
  /** What the video really played, ms. */
  played(): Promise<number>;
  /** Seconds into the video. */
  position(): Promise<number>;
}

export async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const faults = collectFaults(page);
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`violates ${violatedDirective}: ${blockedURI}`),
    ),
  );
  await measurePlayedTime(page);
  const show = (place: Place) => page.locator(`#recording [data-show="${place}"]`);
  const text = async (place: Place) => (await show(place).textContent()) ?? '';
  const position = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);

  return {
    page,
    faults,
    async play() {
      await isThere(page.locator('video'));
      const from = await position();
      await page.locator('video').click();
      await expect.poll(position, { timeout: 5_000 }).not.toBe(from);
    },
    async pause() {
      const heard = page.waitForResponse((response) => reported(response) === 'paused');
      await page.locator('video').evaluate((video: HTMLVideoElement) => video.pause());
      await heard;
    },
    async says(place, expected, ms = 5_000) {
      await expect.poll(() => text(place), { timeout: ms, interval: 50 }).toMatch(expected);
    },
    text,
    async watchedSeconds() {
      const [seconds = 0, minutes = 0] = (await text('watched')).split(':').map(Number).reverse();
      return minutes * 60 + seconds;
    },
    press: (button) => page.locator(`#recording [data-do="${button}"]`).click(),
    played: () => playedTime(page),
    position,
  };
}

/** A click on a video that has nothing to show yet plays nothing. */
export async function isThere(video: Locator): Promise<void> {
  const ready = () => video.evaluate((element: HTMLVideoElement) => element.readyState);
  await expect.poll(ready, { timeout: 5_000 }).toBeGreaterThan(0);
}

/** The state in a heartbeat that was answered 200. */
export function reported(response: Response): string | undefined {
  if (!response.url().endsWith('/heartbeats') || response.status() !== 200) return undefined;
  return (response.request().postDataJSON() as { state: string }).state;
}

function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // The browser's own line about an answer that was no 2xx, or about none: what tests provoke.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    faults.push(message.text());
  });
  return faults;
}
