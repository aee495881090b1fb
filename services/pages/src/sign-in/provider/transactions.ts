import type { Instant } from '@watchledger/rules';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { forPurpose, type Signer } from '../signed-cookie.ts';
import type { Secrets } from './provider.ts';

/** A sign-in under way: what its answer must match, and the page that follows it. */
export interface Transaction extends Secrets {
  readonly to: string;
}

/** Keeps them in the browser that began them, so that an answer is good there alone. */
export interface Transactions {
  begin(c: Context, transaction: Transaction): void;
  /** The one that an answer belongs to, which is over with it; null: none, or an outlived one. */
  take(c: Context, state: string): Transaction | null;
}

const lifetimeMs = 10 * 60_000;
/** Several tabs may sign in at once; all of them must fit into the head of a request. */
const most = 5;

/** A cookie for each, named after its state: tabs do not undo each other's. */
export function createTransactions(deps: {
  signer: Signer;
  clock: () => Instant;
  secure: boolean;
}): Transactions {
  const { clock, secure } = deps;
  const signer = forPurpose(deps.signer, 'sign-in');
  const prefix = `${secure ? '__Host-' : ''}watchledger-sign-in-`;
  const attributes = { httpOnly: true, path: '/', sameSite: 'Lax', secure } as const;

  const read = (signed: string): (Transaction & { until: number }) | null => {
    const text = signer.verify(signed);
    if (text === null) return null;
    const { transaction } = JSON.parse(Buffer.from(text, 'base64url').toString());
    return transaction !== undefined && transaction.until > clock() ? transaction : null;
  };

  return {
    begin(c, transaction) {
      const others = Object.entries(getCookie(c))
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => ({ name, until: read(value)?.until ?? 0 }))
        .toSorted((a, b) => b.until - a.until);
      for (const { name } of others.slice(most - 1)) deleteCookie(c, name, attributes);
      const content = JSON.stringify({ transaction: { ...transaction, until: clock() + lifetimeMs } });
      const value = signer.sign(Buffer.from(content).toString('base64url'));
      setCookie(c, prefix + transaction.state, value, { ...attributes, maxAge: lifetimeMs / 1_000 });
    },
    take(c, state) {
      const value = getCookie(c)[prefix + state];
      if (value === undefined) return null;
      deleteCookie(c, prefix + state, attributes);
      const transaction = read(value);
      return transaction?.state === state ? transaction : null;
    },
  };
}
