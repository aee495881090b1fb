import { expect } from 'vitest';
import { browserClock } from '../clock.ts';
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

/** Starts to measure; gives the function that says how many ms have passed. */
export function measure(): () => number {
  const from = performance.now();
  return () => performance.now() - from;
}

/** Watches against a model service in the place of `fetch`. */
export function watchHere(source: MediaLike | Source): { service: ModelService; watching: Watching } {
  const service = new ModelService(browserClock);
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    String(input).startsWith('/wl/') ? service.fetch(input, init) : real(input, init);
  return { service, watching: watch(source, { endpoint: '/wl', coursewareId: 'cw-1', token: 'good' }) };
}

/** Pretends that the page was hidden or shown. Real hidden tabs are for the system tests. */
export function setVisibility(state: DocumentVisibilityState | undefined): void {
  if (state) Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  else Reflect.deleteProperty(document, 'visibilityState');
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Right to a fifth of a second, both ways: a loaded machine may take a while to tell of an event. */
export function expectAbout(actual: number, truth: number): void {
  expect(Math.abs(actual - truth), `${actual} ms for ${truth} ms`).toBeLessThan(200);
}
