import { expect, onTestFinished } from 'vitest';
import { browserClock } from '../clock.ts';
import { clientId } from '../identity/client-id.ts';
import { type Source, type Watching, watch } from '../index.ts';
import type { MediaLike } from '../media/media-source.ts';
import { ModelService } from './model-service.ts';

const CLOCK_WEBM = new URL('../../test-media/clock.webm', import.meta.url).href;

/** The 20-second clip in a real, muted video element. */
export async function loadVideo(src = CLOCK_WEBM): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = src;
  document.body.append(video);
  await once(video, 'canplay');
  return video;
}

export const clip = async (): Promise<ArrayBuffer> => (await fetch(CLOCK_WEBM)).arrayBuffer();

export const once = (target: EventTarget, type: string): Promise<void> =>
  new Promise((resolve) => target.addEventListener(type, () => resolve(), { once: true }));

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** When something happened: surely not before, and surely not after. Far apart on a loaded machine. */
export interface Moment {
  notBefore: number;
  notAfter: number;
}

export async function moment(happen: () => unknown): Promise<Moment> {
  const notBefore = performance.now();
  await happen();
  return { notBefore, notAfter: performance.now() };
}

/** Plays; the moment is that in which the picture begins to move. */
export async function play(video: HTMLVideoElement): Promise<Moment> {
  const from = video.currentTime;
  let notBefore = performance.now();
  const playing = video.play();
  while (video.currentTime === from) {
    notBefore = performance.now();
    await wait(1);
  }
  const notAfter = performance.now();
  await playing;
  return { notBefore, notAfter };
}

/** Pauses; the moment ends when the page has been told. */
export const pause = (video: HTMLVideoElement): Promise<Moment> =>
  moment(() => {
    const paused = once(video, 'pause');
    video.pause();
    return paused;
  });

export const visibility = (state: DocumentVisibilityState): Promise<Moment> =>
  moment(() => setVisibility(state));

export type Stretch = [from: Moment, to: Moment];

/** What is counted by now, between the least and the most that these stretches can have been. */
export function expectCounted(countedMs: number, ...stretches: Stretch[]): void {
  const sum = (ms: (stretch: Stretch) => number) =>
    stretches.reduce((total, each) => total + Math.max(0, ms(each)), 0);
  // Clocks of the browser are coarse, claims are floored, and a picture moves a little before its event is heard: on a
  // slow machine 5 ms were seen at a start at sixteenfold speed.
  const least = sum(([from, to]) => to.notBefore - from.notAfter - 8) - 2;
  // The grace of a start (see picture.ts).
  const most = sum(([from, to]) => to.notAfter - from.notBefore + 50) + 2;
  expect(countedMs, `${least} to ${most} ms`).toBeGreaterThanOrEqual(least);
  expect(countedMs, `${least} to ${most} ms`).toBeLessThanOrEqual(most);
}

/** Watches against a model service in the place of `fetch`. */
export async function watchHere(
  source: MediaLike | Source,
): Promise<{ service: ModelService; watching: Watching }> {
  const service = new ModelService(browserClock);
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    String(input).startsWith('/wl/') ? service.fetch(input, init) : real(input, init);
  const watching = watch(source, { endpoint: '/wl', coursewareId: 'cw-1', token: 'good' });
  // A test that fails must not leave its viewing to the next one.
  onTestFinished(async () => {
    await watching.stop();
    globalThis.fetch = real;
  });
  // With the tab's name at hand, an open leaves as soon as something is presented.
  await clientId();
  return { service, watching };
}

/** Pretends that the page was hidden or shown. Real hidden tabs are for the system tests. */
export function setVisibility(state: DocumentVisibilityState | undefined): void {
  if (state) Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  else Reflect.deleteProperty(document, 'visibilityState');
  document.dispatchEvent(new Event('visibilitychange'));
}
