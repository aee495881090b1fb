import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Watching } from '../index.ts';
import type { ModelService } from '../testing/model-service.ts';
import {
  expectCounted,
  type Moment,
  moment,
  setVisibility,
  visibility,
  wait,
  watchHere,
} from '../testing/player.ts';
import { type DocumentViewerOptions, documentViewer } from './document-viewer.ts';

afterEach(() => {
  setVisibility(undefined);
  document.body.replaceChildren();
});

/** Shows a document; the moment is that from which it counts. */
async function show(
  options?: DocumentViewerOptions,
): Promise<{ watching: Watching; service: ModelService; shown: Moment }> {
  const notBefore = performance.now();
  const { watching, service } = await watchHere(documentViewer(document, options));
  while (service.opens.length === 0) await wait(1);
  return { watching, service, shown: { notBefore, notAfter: performance.now() } };
}

/** What is counted by now, and when that is. */
async function look(watching: Watching): Promise<{ counted: number; now: Moment }> {
  let counted = 0;
  const now = await moment(() => {
    counted = watching.watchedMs;
  });
  return { counted, now };
}

/** A viewer of an inner document that is longer than it is high, with the pointer resting over it. */
async function longViewer(): Promise<HTMLElement> {
  const viewer = document.createElement('div');
  viewer.style.cssText = 'height: 300px; overflow: auto';
  viewer.innerHTML = '<div style="height: 9000px">slides</div>';
  document.body.append(viewer);
  await userEvent.hover(viewer);
  return viewer;
}

test('a document counts from when it is shown, without a click', async () => {
  const { watching, service, shown } = await show();
  await wait(400);
  expect(watching.phase).toBe('active');
  expect(service.opens).toHaveLength(1);
  const { counted, now } = await look(watching);
  expectCounted(counted, [shown, now]);
  await watching.stop();
});

test('E24: untouched it counts for the idle time and not a moment more', async () => {
  const { watching, service, shown } = await show({ idleMs: 700 });
  await wait(2_200);
  expect(watching.state).toBe('idle');
  expect(watching.watchedMs).toBeGreaterThanOrEqual(698 - (shown.notAfter - shown.notBefore));
  expect(watching.watchedMs).toBeLessThanOrEqual(700);
  expect(service.heartbeats.at(-1)).toMatchObject({ state: 'idle' });
  await watching.stop();
});

test('a key wakes it, and pays nothing of the idle time back', async () => {
  const { watching } = await show({ idleMs: 500 });
  await wait(1_500);
  expect(watching.state).toBe('idle');
  const before = watching.watchedMs;
  const woken = await moment(() => userEvent.keyboard('{PageDown}'));
  const { counted, now } = await look(watching);
  expectCounted(Math.min(counted - before, 500), [woken, now]);
  expect(counted).toBeGreaterThan(before);
  await watching.stop();
});

test('scripted events are nobody’s activity', async () => {
  const { watching } = await show({ idleMs: 300 });
  for (let i = 0; i < 15; i++) {
    document.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    await wait(100);
  }
  expect(watching.state).toBe('idle');
  expect(watching.watchedMs).toBeLessThanOrEqual(300);
  await watching.stop();
});

test('scripted scrolling is nobody’s activity, although the browser vouches for its events', async () => {
  const viewer = await longViewer();
  let trusted = 0;
  viewer.addEventListener('scroll', ({ isTrusted }) => {
    if (isTrusted) trusted++;
  });
  const { watching } = await show({ idleMs: 300 });
  for (let i = 1; i <= 15; i++) {
    viewer.scrollTo(0, i * 200);
    await wait(100);
  }
  expect(trusted).toBeGreaterThan(5);
  expect(watching.state).toBe('idle');
  expect(watching.watchedMs).toBeLessThanOrEqual(300);
  await watching.stop();
});

test('scrolling inside the viewer with the wheel is activity', async () => {
  const viewer = await longViewer();
  const { watching } = await show({ idleMs: 300 });
  await wait(1_200);
  expect(watching.state).toBe('idle');
  const before = watching.watchedMs;
  await userEvent.wheel(viewer, { delta: { y: 400 } });
  await wait(400);
  expect(viewer.scrollTop).toBeGreaterThan(0);
  expect(watching.watchedMs).toBeGreaterThanOrEqual(before + 299);
  await watching.stop();
});

test('hidden does not count; coming back does at once', async () => {
  const { watching, shown } = await show({ idleMs: 20_000 });
  await wait(200);
  const hidden = await visibility('hidden');
  await wait(600);
  expect(watching.state).toBe('hidden');
  expectCounted(watching.watchedMs, [shown, hidden]);
  const back = await visibility('visible');
  await wait(200);
  const { counted, now } = await look(watching);
  expectCounted(counted, [shown, hidden], [back, now]);
  await watching.stop();
});
