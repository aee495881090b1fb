import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import { EventBus, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { once, wait, watchHere } from '../testing/player.ts';
import { documentViewer } from './document-viewer.ts';

const GUIDE = new URL('../../../services/pages/media/guide.en.pdf', import.meta.url).href;
const WORKER = new URL('../../../node_modules/pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;
const STYLE = new URL('../../../node_modules/pdfjs-dist/web/pdf_viewer.css', import.meta.url).href;
const IDLE_MS = 500;

beforeAll(async () => {
  GlobalWorkerOptions.workerSrc = WORKER;
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = STYLE;
  document.head.append(style);
  await once(style, 'load');
});
afterEach(() => document.body.replaceChildren());

/** PDF.js shows a real document of five pages in its own scrolling viewer; the first page is drawn. */
async function openGuide(): Promise<{ container: HTMLDivElement; viewer: PDFViewer }> {
  document.body.innerHTML =
    '<div tabindex="0" style="position: absolute; inset: 0 auto auto 0; width: 400px; height: 300px; overflow: auto"><div class="pdfViewer"></div></div>';
  const container = document.body.firstElementChild as HTMLDivElement;
  const eventBus = new EventBus();
  const viewer = new PDFViewer({ container, eventBus });
  const drawn = new Promise((resolve) => eventBus.on('pagerendered', resolve));
  const loading = getDocument({ url: GUIDE });
  onTestFinished(() => loading.destroy());
  viewer.setDocument(await loading.promise);
  await drawn;
  return { container, viewer };
}

/** When the learner's hand moved over it, noted beside the SDK. */
function movesOver(element: Element): number[] {
  const moves: number[] = [];
  for (const type of ['wheel', 'pointermove']) {
    element.addEventListener(type, ({ isTrusted }) => isTrusted && moves.push(performance.now()));
  }
  return moves;
}

/** For how long these moves keep a document from falling idle, in ms. */
const attentive = (moves: readonly number[]) =>
  moves.reduce((total, move, nth) => total + Math.min((moves[nth + 1] ?? Infinity) - move, IDLE_MS), 0);

describe('a PDF in the viewer of PDF.js', () => {
  test('counts while the learner scrolls with the wheel, and waits when nothing more is done', async () => {
    const { container, viewer } = await openGuide();
    const { watching } = await watchHere(documentViewer(container, { idleMs: IDLE_MS }));
    await expect.poll(() => watching.state, { timeout: 3_000 }).toBe('idle');
    const before = watching.watchedMs;
    const moves = movesOver(container);
    for (let turn = 0; turn < 5; turn++) {
      await userEvent.wheel(container, { delta: { y: 200 } });
      await wait(150);
    }
    await expect.poll(() => viewer.currentPageNumber).toBeGreaterThan(1);
    await expect.poll(() => watching.state, { timeout: 3_000 }).toBe('idle');
    const attentiveMs = attentive(moves);
    expect(attentiveMs).toBeGreaterThan(1_000);
    expect(Math.abs(watching.watchedMs - before - attentiveMs)).toBeLessThan(50);
    await watching.stop();
  });

  test('a key that turns its page is activity', async () => {
    const { container, viewer } = await openGuide();
    const { watching } = await watchHere(documentViewer(container, { idleMs: IDLE_MS }));
    container.focus();
    await expect.poll(() => watching.state, { timeout: 3_000 }).toBe('idle');
    await userEvent.keyboard('{PageDown}{PageDown}{PageDown}');
    await expect.poll(() => watching.state).toBe('playing');
    await expect.poll(() => viewer.currentPageNumber).toBeGreaterThan(1);
    await watching.stop();
  });

  test('pages that a script turns are nobody’s activity', async () => {
    const { container, viewer } = await openGuide();
    const { watching } = await watchHere(documentViewer(container, { idleMs: IDLE_MS }));
    const pages: number[] = [];
    viewer.eventBus.on('pagerendered', ({ pageNumber }: { pageNumber: number }) => pages.push(pageNumber));
    for (const page of [2, 3, 4, 5]) {
      viewer.currentPageNumber = page;
      await wait(250);
    }
    await expect.poll(() => pages).toContain(5);
    expect(watching.state).toBe('idle');
    expect(watching.watchedMs).toBeLessThanOrEqual(IDLE_MS);
    await watching.stop();
  });
});
