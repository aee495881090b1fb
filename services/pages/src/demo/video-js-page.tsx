import type { Page } from '../layout/page.ts';
import { PlayerPage } from './player-page.tsx';

export function VideoJsPage({ page }: { page: Page }) {
  const { demo } = page.texts;
  return (
    <PlayerPage
      page={page}
      name="videoJs"
      coursewareId="demo-video-js"
      script="demo/video-js.js"
      player="demo/players/video-js.js"
      styles={['/players/video.js/video-js.min.css']}
      attaching={attaching}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands in the picture; nothing is spoken */}
      <video
        id="video"
        class="video-js vjs-fluid vjs-16-9 vjs-big-play-centered"
        controls
        playsinline
        preload="metadata"
        poster="/media/poster.jpg"
        aria-label={demo.videoLabel}
      >
        <source src="/media/demo.webm" type="video/webm" />
        <source src="/media/demo.mp4" type="video/mp4" />
        {demo.noVideo}
      </video>
    </PlayerPage>
  );
}

const attaching = `const player = videojs('lesson');
watch(videoJs(player), { endpoint, coursewareId, token });`;
