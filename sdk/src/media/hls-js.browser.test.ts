import Hls, { Events } from 'hls.js';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { expectMoved, type Movement, measureMovement } from '../testing/movement.ts';
import { once, pause, play, wait, watchHere } from '../testing/player.ts';

/** The demo's stream: twelve segments, in two renditions. */
const STREAM = new URL('../../../services/pages/media/stream/main.m3u8', import.meta.url).href;
const SEGMENT_S = 6.4;

afterEach(() => document.body.replaceChildren());

interface Streaming {
  hls: Hls;
  video: HTMLVideoElement;
  movement: Movement;
  seek(to: number): Promise<void>;
  /** Holds back every request for a file of this name; returns what lets them through. */
  hold(name: string): () => void;
}

/** A stream in a real, muted video, played by hls.js: its low rendition until told otherwise. */
async function stream(): Promise<Streaming> {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  const held = new Map<string, Promise<void>>();
  const hls = new Hls({
    maxBufferLength: 5,
    xhrSetup: (_, url) => held.get(url.split('/').at(-1) ?? ''),
  });
  onTestFinished(() => hls.destroy());
  hls.once(Events.MANIFEST_PARSED, () => {
    hls.loadLevel = 0;
  });
  hls.attachMedia(video);
  const ready = once(video, 'canplay');
  hls.loadSource(STREAM);
  await ready;
  const movement = measureMovement(video);
  return {
    hls,
    video,
    movement,
    async seek(to) {
      const landed = once(video, 'seeked');
      movement.sample();
      video.currentTime = to;
      movement.sample();
      await landed;
    },
    hold(name) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(name, promise);
      return () => {
        held.delete(name);
        resolve();
      };
    },
  };
}

describe('hls.js', () => {
  test('what plays counts, over the edge of a segment, through a pause and after a seek', async () => {
    const { video, movement, seek } = await stream();
    const { watching, service } = await watchHere(video);
    await seek(SEGMENT_S - 0.5);
    await play(video);
    await wait(1_200);
    await pause(video);
    expect(video.currentTime).toBeGreaterThan(SEGMENT_S);
    await wait(300);
    expect(watching.state).toBe('paused');
    expectMoved(watching.watchedMs, movement);

    await play(video);
    await wait(400);
    await seek(5 * SEGMENT_S + 1);
    await wait(600);
    await pause(video);
    expectMoved(watching.watchedMs, movement);
    expect(movement.ms()).toBeGreaterThan(1_800);
    await watching.stop();
    expect(service.ends).toHaveLength(1);
  });

  test('another rendition from the next segment on neither earns nor loses', async () => {
    const { hls, video, movement, seek } = await stream();
    const { watching } = await watchHere(video);
    await seek(SEGMENT_S - 0.8);
    await play(video);
    await wait(300);
    expect(video.videoHeight).toBe(270);
    hls.currentLevel = 1;
    await expect.poll(() => video.videoHeight, { timeout: 5_000 }).toBe(540);
    await wait(500);
    await pause(video);
    expectMoved(watching.watchedMs, movement);
    expect(movement.ms()).toBeGreaterThan(1_200);
    await watching.stop();
  });

  test('a segment that does not come is a stall, and what plays after it counts again', async () => {
    const { video, movement, seek, hold } = await stream();
    const release = hold('04.m4s');
    const { watching } = await watchHere(video);
    await seek(4 * SEGMENT_S - 1);
    await play(video);
    await once(video, 'waiting');
    await wait(1_500);
    expect(watching.state).toBe('buffering');
    expectMoved(watching.watchedMs, movement);
    expect(movement.ms()).toBeLessThan(1_100);

    release();
    await once(video, 'playing');
    await wait(600);
    await pause(video);
    expectMoved(watching.watchedMs, movement);
    expect(movement.ms()).toBeGreaterThan(1_300);
    await watching.stop();
  });

  test('another stream in its place goes on counting, and between the two nothing counts', async () => {
    const { hls, video, movement } = await stream();
    const { watching } = await watchHere(video);
    await play(video);
    await wait(500);
    movement.sample();
    const ready = once(video, 'canplay');
    hls.loadSource(new URL('high/index.m3u8', STREAM).href);
    movement.sample();
    await ready;
    await play(video);
    expect(video.videoHeight).toBe(540);
    await wait(500);
    await pause(video);
    expectMoved(watching.watchedMs, movement);
    await watching.stop();
  });

  test('its end ends counting', async () => {
    const { video, movement, seek } = await stream();
    const { watching } = await watchHere(video);
    await seek(video.duration - 0.7);
    await play(video);
    await once(video, 'ended');
    await wait(300);
    expect(watching.state).toBe('ended');
    expectMoved(watching.watchedMs, movement);
    await watching.stop();
  });
});
