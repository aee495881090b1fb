import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@watchledger/rules';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Someone signed in to the pages. */
export interface SignIn {
  readonly sub: string;
  /** What people call them; absent: the subject. */
  readonly name?: string | undefined;
  readonly scope: string;
  /** The institute of a reviewer or admin; absent: headquarters. */
  readonly org?: string | undefined;
  /** The sign-in holds until this moment. */
  readonly until: Instant;
}

/** Vouches for a text, so that a browser can keep it but not change it. */
export interface Signer {
  sign(text: string): string;
  /** The text, or null if it was not signed here. */
  verify(signed: string): string | null;
}

export interface SignInCookie {
  give(c: Context, signIn: SignIn): void;
  /** Who is signed in; null for a missing, altered or outlived cookie. */
  read(c: Context): SignIn | null;
  clear(c: Context): void;
}

/**
 * The cookie carries the signed sign-in itself, so it outlives a restart of the service, and a viewing in
 * progress goes on. Scripts cannot read it; other sites cannot send it with a POST.
 */
export function createSignInCookie(deps: {
  signer: Signer;
  clock: () => Instant;
  secure: boolean;
}): SignInCookie {
  const { signer, clock, secure } = deps;
  const name = secure ? '__Host-watchledger' : 'watchledger';
  const attributes = { httpOnly: true, path: '/', sameSite: 'Lax', secure } as const;
  return {
    give(c, signIn) {
      const maxAge = Math.max(0, Math.floor((signIn.until - clock()) / 1000));
      const text = Buffer.from(JSON.stringify(signIn)).toString('base64url');
      setCookie(c, name, signer.sign(text), { ...attributes, maxAge });
    },
    read(c) {
      const text = signer.verify(getCookie(c, name) ?? '');
      if (text === null) return null;
      const signIn = JSON.parse(Buffer.from(text, 'base64url').toString()) as SignIn;
      return signIn.until > clock() ? signIn : null;
    },
    clear(c) {
      deleteCookie(c, name, attributes);
    },
  };
}

/** Vouches for texts of one purpose: what was signed for another is none of them. */
export function forPurpose(signer: Signer, purpose: string): Signer {
  const prefix = `${purpose}.`;
  return {
    sign: (text) => signer.sign(prefix + text).slice(prefix.length),
    verify: (signed) => signer.verify(prefix + signed)?.slice(prefix.length) ?? null,
  };
}

/** Signs with HMAC-SHA256 under a key of its own, so that what is signed here is never a token and no token fits here. */
export function createHmacSigner(secret: string | Uint8Array): Signer {
  const key = createHmac('sha256', secret).update('watchledger sign-in cookie').digest();
  const mac = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => `${text}.${mac(text).toString('base64url')}`,
    verify(signed) {
      const dot = signed.lastIndexOf('.');
      if (dot < 0) return null;
      const text = signed.slice(0, dot);
      const given = Buffer.from(signed.slice(dot + 1), 'base64url');
      const right = mac(text);
      return given.length === right.length && timingSafeEqual(given, right) ? text : null;
    },
  };
}
