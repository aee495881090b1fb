import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { expectAbout, measure, setVisibility, wait, watchHere } from '../testing/player.ts';
import { documentViewer } from './document-viewer.ts';

afterEach(() => {
  setVisibility(undefined);
  document.body.replaceChildren();
});

test('a document counts from when it is shown, without a click', async () => {
  const { watching, service } = watchHere(documentViewer());
  const shown = measure();
  await wait(400);
  expect(watching.phase).toBe('active');
  expect(service.opens).toHaveLength(1);
  expectAbout(watching.watchedMs, shown());
  await watching.stop();
});

test('E24: untouched it counts for the idle time and not a moment more', async () => {
  const { watching, service } = watchHere(documentViewer(document, { idleMs: 700 }));
  await wait(2_200);
  expect(watching.state).toBe('idle');
  expect(watching.watchedMs).toBeGreaterThanOrEqual(699);
  expect(watching.watchedMs).toBeLessThanOrEqual(700);
  expect(service.heartbeats.at(-1)).toMatchObject({ state: 'idle' });
  await watching.stop();
});

test('a key wakes it, and pays nothing of the idle time back', async () => {
  const { watching } = watchHere(documentViewer(document, { idleMs: 500 }));
  await wait(1_500);
  const before = watching.watchedMs;
  await userEvent.keyboard('{PageDown}');
  const woken = measure();
  expect(watching.state).toBe('playing');
  await wait(200);
  expectAbout(watching.watchedMs, before + woken());
  await watching.stop();
});

test('scripted events are nobody’s activity', async () => {
  const { watching } = watchHere(documentViewer(document, { idleMs: 300 }));
  for (let i = 0; i < 15; i++) {
    document.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    await wait(100);
  }
  expect(watching.state).toBe('idle');
  expect(watching.watchedMs).toBeLessThanOrEqual(300);
  await watching.stop();
});

test('scrolling inside the viewer is activity', async () => {
  const viewer = document.createElement('div');
  viewer.style.cssText = 'height: 100px; overflow: auto';
  viewer.innerHTML = '<div style="height: 3000px">slides</div>';
  document.body.append(viewer);
  const { watching } = watchHere(documentViewer(document, { idleMs: 300 }));
  await wait(1_200);
  expect(watching.state).toBe('idle');
  viewer.scrollTop = 500;
  await wait(100);
  expect(watching.state).toBe('playing');
  await watching.stop();
});

test('hidden does not count; coming back does at once', async () => {
  const { watching } = watchHere(documentViewer(document, { idleMs: 2_000 }));
  const first = measure();
  await wait(200);
  setVisibility('hidden');
  const seen = first();
  await wait(600);
  expect(watching.state).toBe('hidden');
  expectAbout(watching.watchedMs, seen);
  setVisibility('visible');
  const again = measure();
  await wait(200);
  expectAbout(watching.watchedMs, seen + again());
  await watching.stop();
});
