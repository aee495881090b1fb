import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { browserClock } from '../clock.ts';
import type { Watching } from '../index.ts';
import { defineStatus, type StatusElement, showEverywhere } from '../status/status-element.ts';
import { ModelService } from '../testing/model-service.ts';
import { loadVideo, pause, play, wait } from '../testing/player.ts';
import { watch } from '../watch.ts';
import { embed } from './embed.ts';

afterEach(() => document.body.replaceChildren());

const script = 'https://hours.example.org/sdk/watchledger.iife.js';

/** A page with the script tag in it, and a service that answers; its own site gives tokens to who is signed in. */
function page(dataset: Record<string, string>, signedIn = true) {
  const service = new ModelService(browserClock);
  const real = globalThis.fetch;
  const tokens: string[] = [];
  globalThis.fetch = async (input, init) => {
    const url = String(input);
    if (url.startsWith('https://hours.example.org/')) return service.fetch(input, init);
    if (!url.endsWith('/watch-token')) return real(input, init);
    tokens.push(init?.method ?? 'GET');
    return signedIn ? new Response('good') : new Response('who are you?', { status: 401 });
  };
  const watchings: Watching[] = [];
  const hear = (event: Event) => watchings.push((event as CustomEvent<Watching>).detail);
  document.addEventListener('watchledger', hear);
  const stop = embed({ src: script, dataset }, { watch, showEverywhere });
  onTestFinished(() => {
    stop();
    globalThis.fetch = real;
    document.removeEventListener('watchledger', hear);
  });
  return { service, watchings, tokens };
}

test('the first player of the page is watched, at the service that the script came from', async () => {
  const video = await loadVideo();
  const { service, watchings, tokens } = page({ coursewareId: 'cw-1', tokenUrl: '/watch-token' });
  await play(video);
  await expect.poll(() => watchings[0]?.phase).toBe('active');
  expect(service.heard[0]).toMatchObject({
    path: 'https://hours.example.org/v1/sessions',
    bearer: 'Bearer good',
    body: { coursewareId: 'cw-1' },
  });
  expect(tokens).toEqual(['POST']);
});

test('a player that appears later is found, and what takes its place when it goes', async () => {
  defineStatus();
  document.body.innerHTML = '<watchledger-status lang="en"></watchledger-status>';
  const status = document.body.firstElementChild as StatusElement;
  const { service, watchings } = page({ coursewareId: 'cw-1', token: 'good', player: '#lesson' });
  await loadVideo();
  await wait(20);
  expect(watchings).toEqual([]);
  expect(status.hidden).toBe(true);

  const first = await loadVideo();
  first.id = 'lesson';
  first.remove();
  document.body.append(first);
  await expect.poll(() => watchings.length).toBe(1);
  expect(status.watching).toBe(watchings[0]);
  expect(status.hidden).toBe(false);
  await play(first);
  await expect.poll(() => watchings[0]?.phase).toBe('active');

  first.remove();
  await expect.poll(() => watchings[0]?.phase).toBe('stopped');
  await expect.poll(() => service.ends).toHaveLength(1);
  expect(status.hidden).toBe(true);
  const second = await loadVideo();
  second.id = 'lesson';
  second.remove();
  document.body.append(second);
  await expect.poll(() => watchings.length).toBe(2);
});

test('a player of a kind of its own is watched once it is one', async () => {
  const player = document.createElement('late-player');
  document.body.append(player);
  const { watchings } = page({ coursewareId: 'cw-1', token: 'good', player: 'late-player' });
  await wait(20);
  expect(watchings).toEqual([]);
  customElements.define(
    'late-player',
    class extends HTMLElement {
      paused = false;
    },
  );
  await expect.poll(() => watchings[0]?.phase).toBe('active');
});

test('a learner who is not signed in is told so, and not that the service is away', async () => {
  const video = await loadVideo();
  const { watchings } = page({ coursewareId: 'cw-1', tokenUrl: '/watch-token' }, false);
  const told: string[] = [];
  watchings[0]?.on('error', ({ kind }) => told.push(kind));
  await play(video);
  await expect.poll(() => told).toEqual(['unauthorized']);
});

test('a document is watched from the start', async () => {
  const { watchings } = page({ coursewareId: 'ppt-7', token: 'good', kind: 'document', idleMs: '60000' });
  await expect.poll(() => watchings[0]?.phase).toBe('active');
});

test('without a courseware it does nothing by itself', async () => {
  await loadVideo();
  const { watchings } = page({ token: 'good' });
  await wait(20);
  expect(watchings).toEqual([]);
});

test.each<[string, Record<string, string>, RegExp | undefined]>([
  ['no token', { token: '' }, /^token/],
  ['no endpoint', { endpoint: '', token: 'good' }, /^endpoint/],
  ['an idle time that is none', { kind: 'document', idleMs: '5m', token: 'good' }, /^idleMs/],
])('%s is told by one event, and throws nothing into the page', async (_, dataset, message) => {
  await loadVideo();
  const { watchings } = page({ coursewareId: 'cw-1', ...dataset });
  const told: unknown[] = [];
  watchings[0]?.on('error', (error) => told.push(error));
  await wait(0);
  expect(told).toEqual([{ kind: 'misuse', message: expect.stringMatching(message ?? ''), willRetry: false }]);
  expect(watchings[0]?.phase).toBe('stopped');
});

test('a selector that is none is told by one line in the console, however much the page changes', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  await loadVideo();
  page({ coursewareId: 'cw-1', token: 'good', player: '#1lesson' });
  document.body.append('more');
  await wait(0);
  expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
    expect.stringMatching(/^watchledger: misuse: data-player: /),
  ]);
  warn.mockRestore();
});

test('of two scripts on a page, what plays is shown', async () => {
  defineStatus();
  document.body.innerHTML = '<watchledger-status lang="en"></watchledger-status>';
  const status = document.body.firstElementChild as StatusElement;
  const [one, other] = [await loadVideo(), await loadVideo()];
  [one.id, other.id] = ['one', 'other'];
  const first = page({ coursewareId: 'cw-1', token: 'good', player: '#one' }).watchings;
  const second = page({ coursewareId: 'cw-2', token: 'good', player: '#other' }).watchings;
  await play(one);
  await expect.poll(() => status.watching).toBe(first[0]);
  await pause(one);
  await play(other);
  await expect.poll(() => status.watching).toBe(second[0]);
});
