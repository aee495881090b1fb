import { showRecording } from './show-recording.js';

const video = /** @type {HTMLVideoElement} */ (document.querySelector('#video'));
const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

// The script tag finds the player and watches it; this page only shows what is recorded.
document.addEventListener(
  'watchledger',
  (event) => {
    const { detail: watching } = /** @type {CustomEvent<import('@watchledger/sdk').Watching>} */ (event);
    showRecording(panel, watching, () => {
      if (!video.ended) video.play().catch(() => {});
    });
  },
  { once: true },
);
