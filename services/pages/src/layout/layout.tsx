import type { Child } from 'hono/jsx';
import { players } from '../demo/players.ts';
import { type Language, languages } from '../texts/language.ts';
import type { Page } from './page.ts';

interface LayoutProps {
  page: Page;
  title: string;
  /** Module scripts under `/assets/` that this page needs. */
  scripts?: readonly string[];
  /** Stylesheets that this page needs before our own. */
  styles?: readonly string[];
  children: Child;
}

/** The frame of every page: head, navigation, language switch, who is signed in. */
export function Layout({ page, title, scripts = [], styles = [], children }: LayoutProps) {
  const { texts } = page;
  return (
    <html lang={texts.htmlLang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${texts.product}`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        {styles.map((style) => (
          <link rel="stylesheet" href={style} />
        ))}
        <link rel="stylesheet" href="/assets/pages.css" />
        {scripts.map((script) => (
          <script type="module" src={`/assets/${script}`} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {texts.skipToContent}
        </a>
        <header class="top">
          <a class="brand" href={page.link('/')}>
            <img src="/assets/icon.svg" alt="" width="28" height="28" />
            <span>{texts.product}</span>
          </a>
          <Navigation page={page} />
          <div class="reader">
            <WhoIsSignedIn page={page} />
            <LanguageSwitch page={page} />
          </div>
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <footer class="bottom">{texts.footer}</footer>
      </body>
    </html>
  );
}

function Navigation({ page }: { page: Page }) {
  const { navigation } = page.texts;
  const places: [href: string, name: string, paths: readonly string[]][] = [
    [page.link('/'), navigation.start, ['/']],
    ...(page.demo
      ? ([
          [page.link('/demo/video'), navigation.video, ['/demo/video']],
          [page.link('/demo/document'), navigation.document, ['/demo/document']],
          [`${page.link('/')}#players`, navigation.players, players.map(({ path }) => path)],
        ] satisfies typeof places)
      : []),
    ['/docs', navigation.api, []],
  ];
  return (
    <nav class="places" aria-label={navigation.label}>
      {places.map(([href, name, paths]) => (
        <a href={href} aria-current={paths.includes(page.path) ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

function LanguageSwitch({ page }: { page: Page }) {
  return (
    <nav class="languages" aria-label={page.texts.languages}>
      {(Object.keys(languages) as Language[]).map((language) => (
        <a
          href={`${page.path}?lang=${language}`}
          hreflang={language}
          lang={language}
          aria-current={language === page.language ? 'true' : undefined}
        >
          {languages[language].ownName}
        </a>
      ))}
    </nav>
  );
}

function WhoIsSignedIn({ page: { signIn, texts } }: { page: Page }) {
  if (signIn === null) return null;
  return (
    <form method="post" action="/sign-out" class="who">
      <span>
        <span class="label">{texts.signedInAs} </span>
        <b>{signIn.sub}</b>
      </span>
      <button type="submit" class="quiet">
        {texts.signOut}
      </button>
    </form>
  );
}
