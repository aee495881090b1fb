import { shareSource } from '/sdk/watchledger.js';

const video = /** @type {HTMLVideoElement} */ (document.querySelector('video'));

// Told to pages of this origin alone: that of the learning site, here our own.
shareSource(video, location.origin);
