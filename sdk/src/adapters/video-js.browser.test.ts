import video from 'video.js';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { expectCounted, once, pause, play, wait, watchHere } from '../testing/player.ts';
import { videoJs } from './video-js.ts';

/** Its types have their default export one step further away than it is. */
const videojs = video as unknown as typeof video.default;
const media = (path: string) => new URL(`../../test-media/${path}`, import.meta.url).href;

afterEach(() => document.body.replaceChildren());

describe('Video.js', () => {
  test('what plays counts, through a pause and another source', async () => {
    const element = document.createElement('video');
    document.body.append(element);
    const source = { src: media('clock.webm'), type: 'video/webm' };
    const player = videojs(element, { muted: true, sources: [source] });
    onTestFinished(() => player.dispose());
    await new Promise<void>((ready) => player.ready(ready));
    const video = player.el().querySelector('video') as HTMLVideoElement;
    const { watching, service } = await watchHere(videoJs(player));

    const from = await play(video);
    await wait(700);
    const to = await pause(video);
    player.src({ ...source, src: `${source.src}?other` });
    await once(video, 'canplay');
    const anew = await play(video);
    await wait(500);
    const over = await pause(video);
    expectCounted(watching.watchedMs, [from, to], [anew, over]);
    await watching.stop();
    expect(service.ends).toHaveLength(1);
  });

  test('itself, handed over without its adapter, is told to be no player', async () => {
    const element = document.createElement('video');
    document.body.append(element);
    const player = videojs(element);
    onTestFinished(() => player.dispose());
    const { watching } = await watchHere(player as unknown as HTMLVideoElement);
    expect(watching.phase).toBe('stopped');
    expect(watching.error).toMatchObject({ kind: 'misuse', message: 'source is missing or wrong' });
  });
});
