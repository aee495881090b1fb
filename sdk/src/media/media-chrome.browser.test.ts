import 'hls-video-element';
import 'media-chrome';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { expectMoved, measureMovement } from '../testing/movement.ts';
import { once, wait, watchHere } from '../testing/player.ts';

const CLIP = new URL('../../test-media/clock.webm', import.meta.url).href;
const STREAM = new URL('../../../services/pages/media/stream/main.m3u8', import.meta.url).href;

afterEach(() => document.body.replaceChildren());

interface Player {
  media: HTMLVideoElement;
  button: Element;
  range: Element;
}

/** A player of media-chrome around this media element, ready to play. */
async function openPlayer(media: string): Promise<Player> {
  document.body.innerHTML = `
    <media-controller style="width: 480px; height: 270px">
      ${media}
      <media-control-bar><media-play-button></media-play-button><media-time-range></media-time-range></media-control-bar>
    </media-controller>`;
  const [element] = document.querySelectorAll<HTMLVideoElement>('[slot=media]');
  const [button] = document.querySelectorAll('media-play-button');
  const [range] = document.querySelectorAll('media-time-range');
  if (!element || !button || !range) throw new Error('no player');
  if (element.readyState < 3) await once(element, 'canplay');
  return { media: element, button, range };
}

describe('media-chrome', () => {
  test('what plays by its buttons and its range counts', async () => {
    const { media, button, range } = await openPlayer(`<video slot="media" muted src="${CLIP}"></video>`);
    const movement = measureMovement(media);
    const { watching } = await watchHere(media);
    await userEvent.click(button);
    await wait(500);
    const seeked = once(media, 'seeked');
    await userEvent.click(range);
    await seeked;
    expect(media.currentTime).toBeGreaterThan(5);
    await wait(500);
    await userEvent.click(button);
    await expect.poll(() => watching.state).toBe('paused');
    expectMoved(watching.watchedMs, movement);
    expect(movement.ms()).toBeGreaterThan(700);
    await watching.stop();
  });

  test('a media element of another name is watched as it is, from its stream to its pause', async () => {
    const { media, button } = await openPlayer(`<hls-video slot="media" muted src="${STREAM}"></hls-video>`);
    const movement = measureMovement(media);
    const { watching } = await watchHere(media);
    await userEvent.click(button);
    await wait(700);
    movement.sample();
    media.currentTime = 30;
    movement.sample();
    await once(media, 'playing');
    await wait(500);
    await userEvent.click(button);
    await expect.poll(() => watching.state).toBe('paused');
    expectMoved(watching.watchedMs, movement);
    expect(movement.ms()).toBeGreaterThan(900);
    await watching.stop();
  });
});
