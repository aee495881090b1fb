import type { Policy } from '@watchledger/rules';
import type { Context } from 'hono';
import type { SignIn } from '../sign-in/signed-cookie.ts';
import { chooseLanguage, type Language, languages } from '../texts/language.ts';
import type { Texts } from '../texts/zh-CN.ts';

/** What every page knows of its reader and of itself. */
export interface Page {
  /** Where its reader reached the service, e.g. `http://127.0.0.1:8787`. */
  readonly origin: string;
  readonly path: string;
  readonly language: Language;
  readonly texts: Texts;
  readonly policy: Policy;
  /** Whether there are demo pages to link to. */
  readonly demo: boolean;
  readonly signIn: SignIn | null;
  /** A link to another page of ours that keeps a language chosen by `?lang=`. */
  link(path: string): string;
}

export function pageOf(c: Context, site: Pick<Page, 'policy' | 'demo'>, signIn: SignIn | null): Page {
  const asked = c.req.query('lang');
  const language = chooseLanguage(asked, c.req.header('Accept-Language'));
  return {
    origin: new URL(c.req.url).origin,
    path: c.req.path,
    language,
    texts: languages[language],
    ...site,
    signIn,
    link: (path) => (asked === undefined ? path : `${path}?lang=${language}`),
  };
}
