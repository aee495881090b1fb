import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Source } from '../source.ts';
import { wait, watchHere } from '../testing/player.ts';
import { PuppetSource } from '../testing/stage.ts';
import { frameSource } from './frame-source.ts';
import { BELIEVED_MS } from './messages.ts';
import { shareSource } from './share-source.ts';

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
const presented = (state: string, presentedMs: number, more: object = {}) => ({
  watchledger: 'presented',
  state,
  presentedMs,
  ...more,
});

/** A frame, and messages as its page would send them, unless they say otherwise. */
function framed() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const source = frameSource(frame, location.origin);
  onTestFinished(source.observe(() => {}));
  return {
    source,
    told(data: unknown, { origin = location.origin, from }: { origin?: string; from?: Window } = {}) {
      const sender = from ?? frame.contentWindow;
      window.dispatchEvent(new MessageEvent('message', { data, origin, source: sender }));
    },
  };
}

test('what the page in the frame presents counts, from when it is watched', async () => {
  const { frame, inner, asked } = await openFrame();
  const { watching, service } = await watchHere(frameSource(frame, location.origin));
  expect(watching.state).toBe('hidden');
  post(inner, { watchledger: 'here' });
  await expect.poll(() => asked).toEqual(['asked']);
  post(inner, presented('playing', 60_000, { position: 63, rate: 2 }));
  await expect.poll(() => watching.state).toBe('playing');
  await wait(500);
  post(inner, presented('paused', 60_450, { position: 64 }));
  await expect.poll(() => watching.state).toBe('paused');
  expect(watching.watchedMs).toBe(450);
  await expect.poll(() => service.heartbeats.at(-1)).toMatchObject({ state: 'paused', position: 64 });
  await watching.stop();
});

test('what a frame claims beyond the time that went by is not believed', async () => {
  const { frame, inner } = await openFrame();
  const { watching } = await watchHere(frameSource(frame, location.origin));
  post(inner, presented('playing', 0));
  await expect.poll(() => watching.state).toBe('playing');
  await wait(300);
  post(inner, presented('paused', 3_600_000));
  await expect.poll(() => watching.state).toBe('paused');
  expect(watching.watchedMs).toBeLessThan(600);
  await watching.stop();
});

test('a message that comes late takes nothing away', async () => {
  const { frame, inner } = await openFrame();
  const { watching } = await watchHere(frameSource(frame, location.origin));
  post(inner, presented('playing', 0));
  await expect.poll(() => watching.state).toBe('playing');
  await wait(BELIEVED_MS + 700);
  expect(watching.state).toBe('buffering');
  post(inner, presented('paused', 3_500));
  await expect.poll(() => watching.state).toBe('paused');
  expect(watching.watchedMs).toBe(3_500);
  await watching.stop();
});

test('another page in the frame begins anew', () => {
  const { source, told } = framed();
  told(presented('playing', 5_000));
  told(presented('playing', 6_000));
  told(presented('playing', 200));
  expect(source.read(0).presented).toBe(1_200);
});

test('a frame that falls silent is shown as playing for three seconds and no longer', () => {
  const { source, told } = framed();
  told(presented('playing', 0));
  expect(source.read(1_000).state).toBe('playing');
  expect(source.read(999 + BELIEVED_MS).state).toBe('playing');
  expect(source.read(1_000 + BELIEVED_MS)).toMatchObject({ state: 'buffering', until: 1_000 + BELIEVED_MS });
});

test.each<[string, unknown, { origin?: string; from?: Window }?]>([
  ['of another origin', presented('playing', 0), { origin: 'https://elsewhere.example.org' }],
  ['of another window', presented('playing', 0), { from: window }],
  ['that are none', { state: 'playing' }],
  ['of an unknown state', presented('earning', 0)],
  ['without a sum', { ...presented('playing', 0), presentedMs: 'all' }],
  ['with a position that is none', presented('playing', 0, { position: 'far' })],
])('T: messages %s are not heard', (_, data, sender = {}) => {
  const { source, told } = framed();
  told(data, sender);
  expect(source.read(0).state).toBe('hidden');
  told(presented('playing', 0));
  expect(source.read(0).state).toBe('playing');
});

test.each<[string, () => Source]>([
  ['no frame', () => frameSource(null as unknown as HTMLIFrameElement, location.origin)],
  ['an origin that is none', () => frameSource(document.createElement('iframe'), 'slides')],
])('%s is told, and no message throws afterwards', async (_, source) => {
  const { watching } = await watchHere(source());
  const thrown: unknown[] = [];
  const hear = (event: ErrorEvent) => thrown.push(event.error);
  window.addEventListener('error', hear);
  await wait(0);
  window.postMessage('anything', '*');
  await wait(50);
  window.removeEventListener('error', hear);
  expect(watching.error).toMatchObject({ kind: 'misuse', willRetry: false });
  expect(thrown).toEqual([]);
});

describe('the page in the frame', () => {
  /** What the page around hears; in these tests it is this page itself. */
  function around() {
    const heard: Record<string, unknown>[] = [];
    const hear = ({ data }: MessageEvent) => {
      if ((data as { watchledger?: string } | null)?.watchledger) heard.push(data);
    };
    parent.addEventListener('message', hear);
    onTestFinished(() => parent.removeEventListener('message', hear));
    return { heard, words: () => heard.map(({ watchledger }) => watchledger) };
  }

  test('says that it is here, and tells nothing else unasked', async () => {
    const { words } = around();
    const source = new PuppetSource();
    onTestFinished(shareSource(source, location.origin));
    source.show('playing');
    await expect.poll(words).toEqual(['here']);
    await wait(50);
    expect(words()).toEqual(['here']);
  });

  test('asked, it tells what it presents and how much of it, also when it is stopped', async () => {
    const { heard, words } = around();
    const source = new PuppetSource();
    const stop = shareSource(source, location.origin);
    source.show('playing');
    await expect.poll(words).toEqual(['here']);
    ask();
    await expect.poll(() => heard.at(-1)).toMatchObject({ watchledger: 'presented', state: 'playing' });
    await wait(300);
    stop();
    await expect.poll(() => heard.at(-1)).toMatchObject({ state: 'hidden' });
    expect(heard.at(-1)?.presentedMs).toBeGreaterThanOrEqual(300);
    expect(heard.at(-1)?.presentedMs).toBeLessThan(600);
  });

  test.each<[string, () => () => void]>([
    ['no player', () => shareSource(null, location.origin)],
    ['an origin that is none', () => shareSource(new PuppetSource(), 'lms')],
  ])('%s is told by one line in the console, and throws nothing', (_, share) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    share()();
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});

/** As the page around asks: here it is the one above this page, which is the tests' own. */
function ask(): void {
  const asked = new MessageEvent('message', {
    data: { watchledger: 'asked' },
    origin: location.origin,
    source: parent,
  });
  window.dispatchEvent(asked);
}
