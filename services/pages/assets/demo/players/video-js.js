import './no-inline-styles.js';
import '/players/video.js/video.core.min.js';
import '/players/video.js/zh-CN.js';

/** Speaks the language of the page. */
export const player = window.videojs('video', { playbackRates: [0.5, 1, 1.5, 2] });
