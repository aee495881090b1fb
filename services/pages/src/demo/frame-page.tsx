import type { Page } from '../layout/page.ts';
import { PlayerPage } from './player-page.tsx';

/** The page around: it has the token, and records what the page in the frame presents. */
export function FramePage({ page }: { page: Page }) {
  return (
    <PlayerPage
      page={page}
      name="frame"
      coursewareId="demo-frame"
      script="demo/frame.js"
      attaching={attaching}
    >
      <iframe
        id="lesson"
        class="framed"
        title={page.texts.players.framedLabel}
        src={page.link('/demo/frame/lesson')}
        allow="autoplay; fullscreen; picture-in-picture"
      />
    </PlayerPage>
  );
}

const attaching = `// Around, on https://lms.example.org:
const lesson = frameSource(iframe, 'https://slides.example.org');
watch(lesson, { endpoint, coursewareId, token });

// In the frame, on https://slides.example.org:
shareSource(document.querySelector('video'), 'https://lms.example.org');`;
