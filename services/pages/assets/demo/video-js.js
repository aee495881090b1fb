import { videoJs, watch } from '/sdk/watchledger.js';
import { player } from './players/video-js.js';
import { showRecording } from './show-recording.js';
import { watchToken } from './watch-token.js';

const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

const watching = watch(videoJs(player), {
  endpoint: location.origin,
  coursewareId: panel.dataset.coursewareId ?? '',
  token: watchToken,
});

showRecording(panel, watching, () => {
  if (!player.ended()) player.play()?.catch(() => {});
});
