import type { Page } from '../layout/page.ts';
import { LessonFiles, LessonVideo } from './lesson-video.tsx';

/** The page in the frame, as another site would have it: it knows neither the learner nor the courseware's id. */
export function FramedPage({ page }: { page: Page }) {
  const { texts } = page;
  return (
    <html lang={texts.htmlLang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{texts.players.framedLabel}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/framed.css" />
        <script type="module" src="/assets/demo/framed.js" />
      </head>
      <body>
        <p>
          {texts.players.framedFrom} · {page.path}
        </p>
        <LessonVideo texts={texts} attributes={{ preload: 'metadata' }}>
          <LessonFiles texts={texts} />
        </LessonVideo>
      </body>
    </html>
  );
}
