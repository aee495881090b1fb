import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Signer } from '../sign-in/signed-cookie.ts';

/** What a step says on the page that follows it. */
export interface Notice {
  readonly kind: 'good' | 'bad';
  readonly text: string;
  /** A form that takes the step back. */
  readonly undo?:
    | { readonly action: string; readonly label: string; readonly fields: Readonly<Record<string, string>> }
    | undefined;
  /** Where to go to change it, where it cannot be taken back as a whole. */
  readonly link?: { readonly path: string; readonly label: string } | undefined;
}

export interface Notices {
  leave(c: Context, notice: Notice): void;
  /** What was left, which is not told again. */
  take(c: Context): Notice | null;
}

const name = 'watchledger-notice';

/** Notices travel in a signed cookie, so that no link can put words into our mouth. */
export function createNotices(signer: Signer, secure: boolean): Notices {
  const attributes = { httpOnly: true, path: '/', sameSite: 'Lax', secure } as const;
  return {
    leave(c, notice) {
      const text = Buffer.from(JSON.stringify({ notice })).toString('base64url');
      setCookie(c, name, signer.sign(text), { ...attributes, maxAge: 60 });
    },
    take(c) {
      const left = getCookie(c, name);
      if (left === undefined) return null;
      deleteCookie(c, name, attributes);
      const text = signer.verify(left);
      if (text === null) return null;
      return (JSON.parse(Buffer.from(text, 'base64url').toString()) as { notice?: Notice }).notice ?? null;
    },
  };
}
