import { documentViewer, watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { turnPages } from './turn-pages.js';
import { watchToken } from './watch-token.js';

const article = /** @type {HTMLElement} */ (document.querySelector('#document'));
const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

turnPages(article);

const watching = watch(documentViewer(document, { idleMs: Number(article.dataset.idleMs) }), {
  endpoint: location.origin,
  coursewareId: panel.dataset.coursewareId ?? '',
  token: watchToken,
});

showRecording(panel, watching, () => {});
