import type { Page } from '../layout/page.ts';
import { CoursewarePage } from './courseware-page.tsx';
import { LessonFiles, LessonVideo } from './lesson-video.tsx';

const attributes = { id: 'video', preload: 'metadata', width: '960', height: '540' };

export function VideoPage({ page }: { page: Page }) {
  const { demo } = page.texts;
  return (
    <CoursewarePage page={page} title={demo.videoTitle} coursewareId="demo-video" script="demo/video.js">
      <LessonVideo texts={page.texts} attributes={attributes}>
        <LessonFiles texts={page.texts} />
      </LessonVideo>
    </CoursewarePage>
  );
}
