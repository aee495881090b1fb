import { videoJs, watch } from '/sdk/watchledger.js';
import { player } from './players/video-js.js';
import { showRecording } from './show-recording.js';
import { panel, viewing } from './viewing.js';

const watching = watch(videoJs(player), viewing);

showRecording(panel, watching, () => {
  if (!player.ended()) player.play()?.catch(() => {});
});
