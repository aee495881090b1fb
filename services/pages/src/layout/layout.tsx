import type { Child } from 'hono/jsx';
import { signInLink } from '../sign-in/sign-in-link.ts';
import { type Language, languages } from '../texts/language.ts';
import { NavigationOfSection, TopNavigation } from './navigation.tsx';
import { NoticeLine } from './notice-line.tsx';
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
        <link rel="stylesheet" href="/base/modern-normalize.css" />
        {styles.map((style) => (
          <link rel="stylesheet" href={style} />
        ))}
        <link rel="stylesheet" href="/assets/pages.css" />
        <link rel="stylesheet" href="/assets/parts.css" />
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
          <TopNavigation page={page} />
          <div class="reader">
            <WhoIsSignedIn page={page} />
            <LanguageSwitch page={page} />
          </div>
        </header>
        <NavigationOfSection page={page} />
        <main id="content" tabindex={-1}>
          <NoticeLine page={page} />
          {children}
        </main>
        <footer class="bottom">{texts.footer}</footer>
      </body>
    </html>
  );
}

function LanguageSwitch({ page }: { page: Page }) {
  const inLanguage = (language: Language) => {
    const query = new URLSearchParams(page.query);
    query.set('lang', language);
    return `${page.path}?${query}`;
  };
  return (
    <nav class="languages" aria-label={page.texts.languages}>
      {(Object.keys(languages) as Language[]).map((language) => (
        <a
          href={inLanguage(language)}
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

function WhoIsSignedIn({ page }: { page: Page }) {
  const { signIn, texts } = page;
  if (signIn === null) {
    const link = signInLink(page);
    return link === null ? null : <a href={link}>{texts.signIn.go}</a>;
  }
  return (
    <form method="post" action="/sign-out" class="who">
      <span>
        <span class="label">{texts.signedInAs} </span>
        <b>{signIn.name ?? signIn.sub}</b>
      </span>
      <button type="submit" class="quiet">
        {texts.signOut}
      </button>
    </form>
  );
}
