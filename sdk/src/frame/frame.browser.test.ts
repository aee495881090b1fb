import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { Source } from '../source.ts';
import { wait, watchHere } from '../testing/player.ts';
import { frameSource } from './frame-source.ts';
import { BELIEVED_MS } from './messages.ts';

afterEach(() => document.body.replaceChildren());

/** A frame of this origin whose page posts what the test tells it to. */
async function openFrame(): Promise<{ frame: HTMLIFrameElement; inner: Window; asked: string[] }> {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const inner = frame.contentWindow as Window;
  const asked: string[] = [];
  inner.addEventListener('message', ({ data }) => asked.push((data as { watchledger: string }).watchledger));
  return { frame, inner, asked };
}

/** Posts as the page in the frame would. */
function post(inner: Window, message: unknown): void {
  (inner as unknown as { eval(code: string): void }).eval(
    `parent.postMessage(${JSON.stringify(message)}, '*')`,
  );
}
const presented = (state: string, more: object = {}) => ({ watchledger: 'presented', state, ...more });

function observed(source: Source): Source {
  onTestFinished(source.observe(() => {}));
  return source;
}

test('what the page in the frame presents counts, and is asked for by the page around it', async () => {
  const { frame, inner, asked } = await openFrame();
  const { watching, service } = await watchHere(frameSource(frame, location.origin));
  await expect.poll(() => asked).toContain('asked');
  expect(watching.state).toBe('hidden');
  post(inner, presented('playing', { position: 3, rate: 2 }));
  await expect.poll(() => watching.state).toBe('playing');
  await wait(500);
  post(inner, presented('paused', { position: 4 }));
  await expect.poll(() => watching.state).toBe('paused');
  expect(watching.watchedMs).toBeGreaterThanOrEqual(480);
  expect(watching.watchedMs).toBeLessThan(700);
  await expect.poll(() => service.heartbeats.at(-1)).toMatchObject({ state: 'paused', position: 4 });
  await watching.stop();
});

test('a frame that falls silent is believed for three seconds and no longer', async () => {
  const { frame, inner } = await openFrame();
  const source = observed(frameSource(frame, location.origin));
  post(inner, presented('playing'));
  await expect.poll(() => source.read(1_000).state).toBe('playing');
  expect(source.read(999 + BELIEVED_MS).state).toBe('playing');
  expect(source.read(1_000 + BELIEVED_MS)).toMatchObject({ state: 'buffering', until: 1_000 + BELIEVED_MS });
});

test.each([
  ['of another origin', 'https://elsewhere.example.org', presented('playing')],
  ['that are none', '', { state: 'playing' }],
  ['of an unknown state', '', presented('earning')],
  ['with a position that is none', '', presented('playing', { position: 'far' })],
])('T: messages %s are not heard', async (_, origin, message) => {
  const { frame, inner } = await openFrame();
  const source = observed(frameSource(frame, origin || location.origin));
  post(inner, message);
  await wait(50);
  expect(source.read(0).state).toBe('hidden');
});

test('T: messages of another window are not heard', async () => {
  const { frame } = await openFrame();
  const other = await openFrame();
  const source = observed(frameSource(frame, location.origin));
  post(other.inner, presented('playing'));
  window.postMessage(presented('playing'), '*');
  await wait(50);
  expect(source.read(0).state).toBe('hidden');
});
