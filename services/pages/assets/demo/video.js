import { watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { watchToken } from './watch-token.js';

const video = /** @type {HTMLVideoElement} */ (document.querySelector('#video'));
const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

const watching = watch(video, {
  endpoint: location.origin,
  coursewareId: panel.dataset.coursewareId ?? '',
  token: watchToken,
});

showRecording(panel, watching, () => {
  // Refused only where the browser wants a click of its own; the player then shows its button.
  if (!video.ended) video.play().catch(() => {});
});
