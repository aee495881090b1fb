import { frameSource, watch } from '/sdk/watchledger.js';
import { showRecording } from './show-recording.js';
import { panel, viewing } from './viewing.js';

const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('#lesson'));

// Of all messages only those of this frame and of this origin are heard: that of the courseware's site, here our own.
const watching = watch(frameSource(frame, location.origin), viewing);

showRecording(panel, watching, () => {});
