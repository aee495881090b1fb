import type { Policy } from '@watchledger/rules';
import type { Context } from 'hono';
import type { SignIn } from '../sign-in/signed-cookie.ts';
import { chooseLanguage, type Language, languages } from '../texts/language.ts';
import type { Texts } from '../texts/zh-CN.ts';

/** What every page knows of its reader and of itself. */
export interface Page {
  readonly path: string;
  readonly language: Language;
  readonly texts: Texts;
  readonly policy: Policy;
  readonly signIn: SignIn | null;
  /** A link to another page of ours that keeps a language chosen by `?lang=`. */
  link(path: string): string;
}

export function pageOf(c: Context, policy: Policy, signIn: SignIn | null): Page {
  const asked = c.req.query('lang');
  const language = chooseLanguage(asked, c.req.header('Accept-Language'));
  return {
    path: c.req.path,
    language,
    texts: languages[language],
    policy,
    signIn,
    link: (path) => (asked === undefined ? path : `${path}?lang=${language}`),
  };
}
