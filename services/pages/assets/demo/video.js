import { watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { panel, viewing } from './viewing.js';

const video = /** @type {HTMLVideoElement} */ (document.querySelector('#video'));

const watching = watch(video, viewing);

showRecording(panel, watching, () => {
  // Refused only where the browser wants a click of its own; the player then shows its button.
  if (!video.ended) video.play().catch(() => {});
});
