import { afterEach, describe, expect, test } from 'vitest';
import {
  clip,
  expectAbout,
  loadVideo,
  measure,
  once,
  setVisibility,
  wait,
  watchHere,
} from '../testing/player.ts';
import type { MediaLike } from './media-source.ts';

afterEach(() => {
  Reflect.deleteProperty(document, 'pictureInPictureElement');
  setVisibility(undefined);
  document.body.replaceChildren();
});

/** Plays from now on; gives the moment at which it really plays. */
async function play(video: HTMLVideoElement): Promise<number> {
  const playing = once(video, 'playing');
  await video.play();
  await playing;
  return performance.now();
}

async function playFor(video: HTMLVideoElement, ms: number): Promise<number> {
  const from = await play(video);
  await wait(ms);
  video.pause();
  const took = performance.now() - from;
  await wait(50);
  return took;
}

describe('a real video in Chromium', () => {
  test('play to pause counts, before and after does not', async () => {
    const video = await loadVideo();
    const { watching } = watchHere(video);
    await wait(200);
    const truth = (await playFor(video, 700)) + (await playFor(video, 500));
    await wait(300);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });

  test('E10: playing at double and at sixteenfold speed counts the wall clock', async () => {
    const video = await loadVideo();
    const { watching } = watchHere(video);
    video.playbackRate = 2;
    let truth = await playFor(video, 600);
    video.currentTime = 0;
    await once(video, 'seeked');
    video.playbackRate = 16;
    truth += await playFor(video, 600);
    expect(video.currentTime).toBeGreaterThan(5);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });

  test('it stops at the end, and T2: a jump to the end earns nothing but what plays there', async () => {
    const video = await loadVideo();
    const { watching, service } = watchHere(video);
    video.currentTime = 19.2;
    await once(video, 'seeked');
    const from = await play(video);
    await once(video, 'ended');
    const truth = performance.now() - from;
    await wait(1_000);
    expect(watching.state).toBe('ended');
    expectAbout(watching.watchedMs, truth);
    expect(service.heartbeats.at(-1)).toMatchObject({ state: 'ended' });
    await watching.stop();
  });

  test('a storm of seeks counts only what plays between them', async () => {
    const video = await loadVideo();
    const { watching } = watchHere(video);
    let seeking = 0;
    let since = 0;
    video.addEventListener('seeking', () => {
      since ||= performance.now();
    });
    video.addEventListener('seeked', () => {
      seeking += performance.now() - since;
      since = 0;
    });
    const from = await play(video);
    for (let i = 0; i < 12; i++) {
      video.currentTime = (i * 7) % 18;
      await wait(80);
    }
    video.pause();
    const truth = performance.now() - from - seeking;
    await wait(100);
    // A seek ends when the frame is there; playing on may take a moment more.
    expect(watching.watchedMs).toBeLessThan(truth + 100);
    expect(watching.watchedMs).toBeGreaterThan(truth - 400);
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
    const { watching } = watchHere(video);
    const edge = buffer.buffered.end(0);
    video.currentTime = edge - 1;
    const from = await play(video);
    await once(video, 'waiting');
    const stalledAt = performance.now();
    await wait(800);
    expect(watching.state).toBe('buffering');
    const before = watching.watchedMs;
    expectAbout(before, stalledAt - from);
    const playing = once(video, 'playing');
    await append(bytes.slice(cut));
    await playing;
    const resumedAt = performance.now();
    await wait(500);
    video.pause();
    const truth = stalledAt - from + performance.now() - resumedAt;
    await wait(50);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });

  test('looping and a change of source go on counting what plays', async () => {
    const video = await loadVideo();
    const { watching } = watchHere(video);
    video.loop = true;
    video.currentTime = 19.6;
    await once(video, 'seeked');
    let truth = await playFor(video, 1_000);
    expect(video.currentTime).toBeLessThan(5);
    video.src = `${video.src}?again`;
    await once(video, 'canplay');
    truth += await playFor(video, 500);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });

  test('hidden does not count; picture-in-picture does', async () => {
    const video = await loadVideo();
    const { watching, service } = watchHere(video);
    const from = await play(video);
    await wait(400);
    setVisibility('hidden');
    const seen = performance.now() - from;
    await wait(600);
    expect(watching.state).toBe('hidden');
    expectAbout(watching.watchedMs, seen);
    expect(service.heartbeats.at(-1)).toMatchObject({ state: 'hidden' });
    Object.defineProperty(document, 'pictureInPictureElement', { value: video, configurable: true });
    video.dispatchEvent(new Event('enterpictureinpicture'));
    const floating = performance.now();
    await wait(500);
    video.pause();
    const truth = seen + performance.now() - floating;
    await wait(50);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });

  test('a page that leaves ends its session; one that comes back opens a new one', async () => {
    const video = await loadVideo();
    const { watching, service } = watchHere(video);
    const from = await play(video);
    await wait(400);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    const truth = performance.now() - from;
    expect(service.ends).toHaveLength(1);
    expectAbout(service.ends[0]?.watchedMs ?? 0, truth);
    await wait(300);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    const back = measure();
    await wait(300);
    expect(watching.phase).toBe('active');
    expect(service.opens).toHaveLength(2);
    expect(service.opens[0]?.clientId).toBe(service.opens[1]?.clientId);
    expectAbout(watching.watchedMs, truth + back());
    await watching.stop();
  });

  test('a main thread blocked for two seconds loses nothing of what plays on', async () => {
    const video = await loadVideo();
    const { watching } = watchHere(video);
    const from = await play(video);
    const until = performance.now() + 2_000;
    while (performance.now() < until);
    video.pause();
    const truth = performance.now() - from;
    await wait(50);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });
});

/** The least of a player: `paused` and events. */
class PlainPlayer extends EventTarget implements MediaLike {
  paused = true;
  currentTime = 0;

  tell(type: string): void {
    if (type === 'play') this.paused = false;
    if (type === 'pause') this.paused = true;
    this.dispatchEvent(new Event(type));
  }
}

describe('a player with nothing but paused and events', () => {
  test('counts from play to pause without its waiting', async () => {
    const player = new PlainPlayer();
    const { watching } = watchHere(player);
    await wait(20);
    player.tell('play');
    const first = measure();
    await wait(300);
    player.tell('waiting');
    const before = first();
    await wait(300);
    expect(watching.state).toBe('buffering');
    player.tell('timeupdate');
    expect(watching.state).toBe('buffering');
    player.currentTime = 1;
    player.tell('timeupdate');
    expect(watching.state).toBe('playing');
    const second = measure();
    await wait(300);
    player.tell('pause');
    const truth = before + second();
    await wait(300);
    expectAbout(watching.watchedMs, truth);
    await watching.stop();
  });
});
