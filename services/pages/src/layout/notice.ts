import type { Instant } from '@watchledger/rules';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { forPurpose, type Signer } from '../sign-in/signed-cookie.ts';

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
  /** Leaves it for the next page of this person; one that no cookie can hold, without its undo. */
  leave(c: Context, sub: string, notice: Notice): void;
  /** What was left for this person, which is not told again. */
  take(c: Context, sub: string): Notice | null;
}

const lifetimeMs = 60_000;
/** Browsers drop larger cookies, without a word. */
const longest = 3_800;

/** Notices travel in a cookie that is signed for one person and a minute, so that nobody puts words into our mouth. */
export function createNotices(deps: { signer: Signer; clock: () => Instant; secure: boolean }): Notices {
  const { clock, secure } = deps;
  const signer = forPurpose(deps.signer, 'notice');
  const name = `${secure ? '__Host-' : ''}watchledger-notice`;
  const attributes = { httpOnly: true, path: '/', sameSite: 'Lax', secure } as const;

  const signed = (sub: string, notice: Notice) => {
    const content = JSON.stringify({ sub, until: clock() + lifetimeMs, notice });
    return signer.sign(Buffer.from(content).toString('base64url'));
  };

  return {
    leave(c, sub, notice) {
      const whole = signed(sub, notice);
      const value =
        whole.length <= longest ? whole : signed(sub, { kind: notice.kind, text: short(notice.text) });
      setCookie(c, name, value, { ...attributes, maxAge: lifetimeMs / 1_000 });
    },
    take(c, sub) {
      const left = getCookie(c, name);
      if (left === undefined) return null;
      deleteCookie(c, name, attributes);
      const text = signer.verify(left);
      if (text === null) return null;
      const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as {
        sub: string;
        until: number;
        notice: Notice;
      };
      return content.sub === sub && content.until > clock() ? content.notice : null;
    },
  };
}

const short = (text: string): string => (text.length <= 400 ? text : `${text.slice(0, 400)}…`);
