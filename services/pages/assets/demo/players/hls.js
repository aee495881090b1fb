import Hls from '/players/hls.js/hls.light.min.mjs';

/** How long it waits before it asks a server again that had not answered, ms. */
const AGAIN_MS = 3_000;

const video = /** @type {HTMLVideoElement} */ (document.querySelector('#video'));
const stream = video.dataset.stream ?? '';

if (Hls.isSupported()) play();
else video.src = stream;

function play() {
  const hls = new Hls({ workerPath: '/players/hls.js/hls.worker.js' });
  hls.attachMedia(video);
  hls.loadSource(stream);
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else setTimeout(() => (hls.levels.length > 0 ? hls.startLoad() : hls.loadSource(stream)), AGAIN_MS);
  });
}
