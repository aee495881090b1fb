import { afterEach, describe, expect, test } from 'vitest';
import {
  clip,
  expectCounted,
  loadVideo,
  type Moment,
  moment,
  once,
  pause,
  play,
  type Stretch,
  setVisibility,
  visibility,
  wait,
  watchHere,
} from '../testing/player.ts';

afterEach(() => {
  Reflect.deleteProperty(document, 'pictureInPictureElement');
  setVisibility(undefined);
  document.body.replaceChildren();
});

async function playFor(video: HTMLVideoElement, ms: number): Promise<Stretch> {
  const from = await play(video);
  await wait(ms);
  return [from, await pause(video)];
}

/** The video's own end, heard as the page hears it. */
async function happens(video: HTMLVideoElement, type: string): Promise<Moment> {
  let notBefore = performance.now();
  const stop = new AbortController();
  const look = () => {
    notBefore = performance.now();
  };
  // It happened after the last news of playing, and before this was told.
  video.addEventListener('timeupdate', look, { signal: stop.signal });
  await once(video, type);
  stop.abort();
  return { notBefore, notAfter: performance.now() };
}

describe('a real video in Chromium', () => {
  test('play to pause counts, before and after does not', async () => {
    const video = await loadVideo();
    const { watching } = await watchHere(video);
    await wait(200);
    const played = [await playFor(video, 700), await playFor(video, 500)];
    await wait(300);
    expectCounted(watching.watchedMs, ...played);
    await watching.stop();
  });

  test('E10: playing at double and at sixteenfold speed counts the wall clock', async () => {
    const video = await loadVideo();
    const { watching } = await watchHere(video);
    video.playbackRate = 2;
    const doubled = await playFor(video, 600);
    video.currentTime = 0;
    await once(video, 'seeked');
    video.playbackRate = 16;
    const fast = await playFor(video, 600);
    expect(video.currentTime).toBeGreaterThan(5);
    expectCounted(watching.watchedMs, doubled, fast);
    await watching.stop();
  });

  test('a playback rate of zero is a pause', async () => {
    const video = await loadVideo();
    const { watching } = await watchHere(video);
    const from = await play(video);
    await wait(400);
    const stood = await moment(() => {
      video.playbackRate = 0;
      return once(video, 'ratechange');
    });
    await wait(600);
    expect(watching.state).toBe('paused');
    expectCounted(watching.watchedMs, [from, stood]);
    await watching.stop();
  });

  test('it stops at the end, and T2: a jump to the end earns nothing but what plays there', async () => {
    const video = await loadVideo();
    const { watching, service } = await watchHere(video);
    video.currentTime = 19.2;
    await once(video, 'seeked');
    const from = await play(video);
    const end = await happens(video, 'ended');
    await wait(1_000);
    expect(watching.state).toBe('ended');
    expectCounted(watching.watchedMs, [from, end]);
    expect(service.heartbeats.at(-1)).toMatchObject({ state: 'ended' });
    await watching.stop();
  });

  test('a storm of seeks counts only what plays between them', async () => {
    const video = await loadVideo();
    const { watching } = await watchHere(video);
    let seeking = 0;
    let since = 0;
    video.addEventListener('seeking', () => {
      since ||= performance.now();
    });
    video.addEventListener('seeked', () => {
      seeking += performance.now() - since;
      since = 0;
    });
    const { notBefore } = await play(video);
    for (let i = 0; i < 12; i++) {
      video.currentTime = (i * 7) % 18;
      await wait(80);
    }
    const { notAfter } = await pause(video);
    // A seek ends when the frame is there; playing on may take a moment more, so that this is only the most, with the
    // grace of the start (see picture.ts).
    expect(watching.watchedMs).toBeLessThanOrEqual(notAfter - notBefore + 50 - seeking + 2);
    expect(watching.watchedMs).toBeGreaterThan(0);
    await watching.stop();
  });

  test('a stall stops it, and it resumes when data comes', async () => {
    const bytes = await clip();
    const media = new MediaSource();
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(media);
    document.body.append(video);
    await once(media, 'sourceopen');
    const buffer = media.addSourceBuffer('video/webm; codecs="vp9,opus"');
    const append = async (part: ArrayBuffer) => {
      buffer.appendBuffer(part);
      await once(buffer, 'updateend');
    };
    const cut = Math.floor(bytes.byteLength * 0.4);
    await append(bytes.slice(0, cut));
    const { watching } = await watchHere(video);
    const edge = buffer.buffered.end(0);
    video.currentTime = edge - 1;
    const from = await play(video);
    const stalled = await happens(video, 'waiting');
    await wait(800);
    expect(watching.state).toBe('buffering');
    expectCounted(watching.watchedMs, [from, stalled]);
    const resumed = await moment(() => Promise.all([once(video, 'playing'), append(bytes.slice(cut))]));
    await wait(500);
    const paused = await pause(video);
    expectCounted(watching.watchedMs, [from, stalled], [resumed, paused]);
    await watching.stop();
  });

  test('looping and a change of source go on counting what plays', async () => {
    const video = await loadVideo();
    const { watching } = await watchHere(video);
    video.loop = true;
    video.currentTime = 19.6;
    await once(video, 'seeked');
    let seeking = 0;
    let since = 0;
    video.addEventListener('seeking', () => {
      since = performance.now();
    });
    video.addEventListener('seeked', () => {
      seeking += performance.now() - since;
    });
    const looped = await playFor(video, 1_000);
    expect(video.currentTime).toBeLessThan(5);
    looped[0].notAfter += seeking;
    video.src = `${video.src}?again`;
    await once(video, 'canplay');
    const anew = await playFor(video, 500);
    expectCounted(watching.watchedMs, looped, anew);
    await watching.stop();
  });

  test('hidden does not count; picture-in-picture does', async () => {
    const video = await loadVideo();
    const { watching, service } = await watchHere(video);
    const from = await play(video);
    await wait(400);
    const hidden = await visibility('hidden');
    await wait(600);
    expect(watching.state).toBe('hidden');
    expectCounted(watching.watchedMs, [from, hidden]);
    expect(service.heartbeats.at(-1)).toMatchObject({ state: 'hidden' });
    const floating = await moment(() => {
      Object.defineProperty(document, 'pictureInPictureElement', { value: video, configurable: true });
      video.dispatchEvent(new Event('enterpictureinpicture'));
    });
    await wait(500);
    const paused = await pause(video);
    expectCounted(watching.watchedMs, [from, hidden], [floating, paused]);
    await watching.stop();
  });

  test('a page that leaves ends its session; one that comes back opens a new one', async () => {
    const video = await loadVideo();
    const { watching, service } = await watchHere(video);
    const from = await play(video);
    await wait(400);
    const left = await moment(() =>
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
    );
    expect(service.ends).toHaveLength(1);
    expectCounted(service.ends[0]?.watchedMs ?? 0, [from, left]);
    await wait(300);
    const back = await moment(() =>
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    );
    await wait(300);
    expect(watching.phase).toBe('active');
    expect(service.opens).toHaveLength(2);
    expect(service.opens[0]?.clientId).toBe(service.opens[1]?.clientId);
    const paused = await pause(video);
    expectCounted(watching.watchedMs, [from, left], [back, paused]);
    await watching.stop();
  });

  test('a main thread blocked for two seconds loses nothing of what plays on', async () => {
    const video = await loadVideo();
    const { watching } = await watchHere(video);
    const from = await play(video);
    const until = performance.now() + 2_000;
    while (performance.now() < until);
    const paused = await pause(video);
    expectCounted(watching.watchedMs, [from, paused]);
    await watching.stop();
  });
});
