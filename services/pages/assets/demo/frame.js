import { frameSource, watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { watchToken } from './watch-token.js';

const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('#lesson'));
const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

// Of all messages only those of this frame and of this origin are heard: that of the courseware's site, here our own.
const watching = watch(frameSource(frame, location.origin), {
  endpoint: location.origin,
  coursewareId: panel.dataset.coursewareId ?? '',
  token: watchToken,
});

showRecording(panel, watching, () => {});
