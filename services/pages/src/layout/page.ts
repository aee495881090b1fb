import type { Policy } from '@watchledger/rules';
import type { Context } from 'hono';
import { createFormat, type Format } from '../format/format.ts';
import type { SignIn } from '../sign-in/signed-cookie.ts';
import { chooseLanguage, type Language, languages } from '../texts/language.ts';
import type { Texts } from '../texts/zh-CN.ts';
import type { Notice } from './notice.ts';
import type { PlaceName } from './sections.ts';

/** What is the same for every page of a service. */
export interface House {
  readonly policy: Policy;
  /** Whether there are demo pages to link to. */
  readonly demo: boolean;
  /** Where people sign in, if they can do so by themselves. */
  readonly signInPath: string | null;
}

/** What every page knows of its reader and of itself. */
export interface Page extends House {
  /** Where its reader reached the service, e.g. `http://127.0.0.1:8787`. */
  readonly origin: string;
  readonly path: string;
  /** What was asked beside the path. */
  readonly query: URLSearchParams;
  readonly language: Language;
  readonly texts: Texts;
  readonly format: Format;
  readonly signIn: SignIn | null;
  /** What the step before has to say, once. */
  readonly notice: Notice | null;
  /** How much that is new waits at a place of the navigation. */
  readonly news?: Partial<Record<PlaceName, number>>;
  /** A link to another page of ours that keeps a language chosen by `?lang=`. */
  link(path: string): string;
}

const formats = new Map<string, Format>();

export function pageOf(c: Context, house: House, signIn: SignIn | null, notice: Notice | null = null): Page {
  const asked = c.req.query('lang');
  const language = chooseLanguage(asked, c.req.header('Accept-Language'));
  const { origin, pathname, searchParams } = shownAt(c);
  return {
    origin,
    path: pathname,
    query: searchParams,
    language,
    texts: languages[language],
    format: formatIn(language, house.policy.timeZone),
    ...house,
    signIn,
    notice,
    link: (path) => (asked === undefined ? path : withLanguage(path, language)),
  };
}

/** The address that a page is shown at: what answers a form links back to where the form was. */
function shownAt(c: Context): URL {
  const asked = new URL(c.req.url);
  const referer = c.req.header('Referer');
  if (c.req.method === 'GET' || referer === undefined || !URL.canParse(referer)) return asked;
  const from = new URL(referer);
  return from.host === (c.req.header('Host') ?? asked.host)
    ? new URL(from.pathname + from.search, asked)
    : asked;
}

function formatIn(language: Language, timeZone: string): Format {
  const key = `${language} ${timeZone}`;
  const known = formats.get(key) ?? createFormat(language, timeZone, languages[language].units);
  formats.set(key, known);
  return known;
}

function withLanguage(path: string, language: Language): string {
  const [before = '', fragment] = path.split('#');
  const joined = `${before}${before.includes('?') ? '&' : '?'}lang=${language}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}
