import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Keeps what tells the provider who signs out. */
export interface HintCookie {
  give(c: Context, hint: string): void;
  /** The hint, which is then gone; null: whoever is signed in was not by a provider. */
  take(c: Context): string | null;
}

/** Browsers drop larger cookies. */
const longest = 3_500;

/** Only signing out is told it, and only from our own pages. @param maxAge in seconds */
export function createHintCookie({ secure, maxAge }: { secure: boolean; maxAge: number }): HintCookie {
  const name = `${secure ? '__Secure-' : ''}watchledger-hint`;
  const attributes = { httpOnly: true, path: '/sign-out', sameSite: 'Strict', secure } as const;
  return {
    give(c, hint) {
      // Without it the provider asks who is to be signed out.
      setCookie(c, name, hint.length > longest ? '' : hint, { ...attributes, maxAge });
    },
    take(c) {
      const hint = getCookie(c)[name];
      if (hint === undefined) return null;
      deleteCookie(c, name, attributes);
      return hint;
    },
  };
}
