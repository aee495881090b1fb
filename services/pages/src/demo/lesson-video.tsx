import type { Child } from 'hono/jsx';
import type { Page } from '../layout/page.ts';

interface LessonVideoProps extends Pick<Page, 'texts'> {
  /** What a page says beyond what all say, as attributes of `<video>`. */
  attributes: Readonly<Record<string, string>>;
  children?: Child;
}

/** The lesson of the demo, in whatever player. */
export function LessonVideo({ texts, attributes, children }: LessonVideoProps) {
  return (
    // Without captions: what is said stands in the picture; nothing is spoken
    <video controls playsinline poster="/media/poster.jpg" aria-label={texts.demo.videoLabel} {...attributes}>
      {children}
    </video>
  );
}

/** The lesson as files, for the browser's own player. */
export function LessonFiles({ texts }: Pick<Page, 'texts'>) {
  return (
    <>
      <source src="/media/demo.webm" type='video/webm; codecs="vp9, opus"' />
      <source src="/media/demo.mp4" type='video/mp4; codecs="avc1.4d401f, mp4a.40.2"' />
      {texts.demo.noVideo}
    </>
  );
}
