import { documentViewer, watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { watchToken } from './watch-token.js';

const viewer = /** @type {HTMLElement} */ (document.querySelector('#document'));
const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

const watching = watch(documentViewer(viewer, { idleMs: Number(viewer.dataset.idleMs) }), {
  endpoint: location.origin,
  coursewareId: panel.dataset.coursewareId ?? '',
  token: watchToken,
});

showRecording(panel, watching, () => {});
