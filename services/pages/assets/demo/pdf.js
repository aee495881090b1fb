import { documentViewer, watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { panel, viewing } from './viewing.js';

const viewer = /** @type {HTMLElement} */ (document.querySelector('#document'));

const watching = watch(documentViewer(viewer, { idleMs: Number(viewer.dataset.idleMs) }), viewing);

showRecording(panel, watching, () => {});
