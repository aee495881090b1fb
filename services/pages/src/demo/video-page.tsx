import type { Page } from '../layout/page.ts';
import { CoursewarePage } from './courseware-page.tsx';

export function VideoPage({ page }: { page: Page }) {
  const { demo } = page.texts;
  return (
    <CoursewarePage page={page} title={demo.videoTitle} coursewareId="demo-video" script="demo/video.js">
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands in the picture; nothing is spoken */}
      <video
        id="video"
        controls
        playsinline
        preload="metadata"
        poster="/media/poster.jpg"
        width="960"
        height="540"
        aria-label={demo.videoLabel}
      >
        <source src="/media/demo.webm" type='video/webm; codecs="vp9, opus"' />
        <source src="/media/demo.mp4" type='video/mp4; codecs="avc1.4d401f, mp4a.40.2"' />
        {demo.noVideo}
      </video>
    </CoursewarePage>
  );
}
