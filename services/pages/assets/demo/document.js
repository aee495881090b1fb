import { documentViewer, watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { turnPages } from './turn-pages.js';
import { panel, viewing } from './viewing.js';

const article = /** @type {HTMLElement} */ (document.querySelector('#document'));

turnPages(article);

const watching = watch(documentViewer(document, { idleMs: Number(article.dataset.idleMs) }), viewing);

showRecording(panel, watching, () => {});
