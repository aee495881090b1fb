import { Problem, readScopes } from '@watchledger/contract';
import type { SignIn } from '../sign-in/signed-cookie.ts';
import { demoCourseware } from './demo-courseware.ts';

/** What the pages ask of whoever holds the token key. */
export type MintToken = (claims: {
  sub: string;
  scope: string;
  /** Binds the token to viewing these. */
  courseware?: readonly string[];
  ttlSeconds: number;
}) => string | Promise<string>;

const ttlSeconds = 600;

/**
 * A token for the demo courseware and nothing else (T21), good for ten minutes.
 * @throws Problem `unauthenticated` without a sign-in, `forbidden` for one that may not watch
 */
export async function mintWatchToken(mintToken: MintToken, signIn: SignIn | null): Promise<string> {
  if (signIn === null) throw new Problem('unauthenticated', 'Nobody is signed in in this browser.');
  if (!readScopes(signIn.scope).has('watch')) {
    throw new Problem('forbidden', 'This sign-in does not include the scope "watch".');
  }
  const courseware = demoCourseware.map(({ id }) => id);
  return mintToken({ sub: signIn.sub, scope: 'watch', courseware, ttlSeconds });
}
