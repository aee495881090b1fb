import type { Page } from '../layout/page.ts';

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
        {/* biome-ignore lint/a11y/useMediaCaption: what is said stands in the picture; nothing is spoken */}
        <video
          controls
          playsinline
          preload="metadata"
          poster="/media/poster.jpg"
          aria-label={texts.demo.videoLabel}
        >
          <source src="/media/demo.webm" type='video/webm; codecs="vp9, opus"' />
          <source src="/media/demo.mp4" type='video/mp4; codecs="avc1.4d401f, mp4a.40.2"' />
          {texts.demo.noVideo}
        </video>
      </body>
    </html>
  );
}
