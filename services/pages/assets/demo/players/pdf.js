import { GlobalWorkerOptions, getDocument } from '/players/pdfjs-dist/pdf.min.mjs';
import { EventBus, PDFViewer } from '/players/pdfjs-dist/pdf_viewer.mjs';
import { attachPager } from '../pager.js';

const root = /** @type {HTMLElement} */ (document.querySelector('#document'));
const container = /** @type {HTMLDivElement} */ (root.querySelector('.scroller'));
const { file = '', pageLabel = '' } = container.dataset;

/** The viewer's own words are English. Of those it would say here, the pages' names alone, they are set below. */
const untranslated = {
  getLanguage: () => document.documentElement.lang.toLowerCase(),
  getDirection: () => 'ltr',
  get: async () => '',
  translate: async () => {},
  pause() {},
  resume() {},
};

GlobalWorkerOptions.workerSrc = '/players/pdfjs-dist/pdf.worker.min.mjs';
const eventBus = new EventBus();
const viewer = new PDFViewer({ container, eventBus, l10n: untranslated, removePageBorders: true });

eventBus.on('pagesinit', () => {
  fit();
  showPage();
  for (const page of container.querySelectorAll('.page')) {
    page.setAttribute('aria-label', pageLabel.replace('{page}', page.getAttribute('data-page-number') ?? ''));
  }
});
new ResizeObserver(fit).observe(container);
eventBus.on('pagechanging', showPage);
const pager = attachPager(root, (by, button) => {
  viewer.currentPageNumber += by;
  // A button that has nothing more to turn loses the focus: the keys go on in the document.
  if (button.disabled) container.focus();
});

getDocument({ url: file, isEvalSupported: false }).promise.then(
  (pdf) => {
    viewer.setDocument(pdf);
  },
  () => {
    const failed = /** @type {HTMLElement} */ (root.querySelector('[data-show="failed"]'));
    failed.hidden = false;
    /** @type {HTMLElement} */ (root.querySelector('.paper')).hidden = true;
  },
);

function fit() {
  if (viewer.pagesCount > 0) viewer.currentScaleValue = 'auto';
}

function showPage() {
  pager.show(viewer.currentPageNumber, viewer.pagesCount);
}
