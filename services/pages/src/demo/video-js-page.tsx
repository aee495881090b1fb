import type { Page } from '../layout/page.ts';
import { LessonVideo } from './lesson-video.tsx';
import { PlayerPage } from './player-page.tsx';

const attributes = {
  id: 'video',
  class: 'video-js vjs-fluid vjs-16-9 vjs-big-play-centered',
  preload: 'metadata',
};

export function VideoJsPage({ page }: { page: Page }) {
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
      <LessonVideo texts={page.texts} attributes={attributes}>
        <source src="/media/demo.webm" type="video/webm" />
        <source src="/media/demo.mp4" type="video/mp4" />
        {page.texts.demo.noVideo}
      </LessonVideo>
    </PlayerPage>
  );
}

const attaching = `const player = videojs('lesson');
watch(videoJs(player), { endpoint, coursewareId, token });`;
