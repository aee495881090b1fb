import type { Scope } from '@watchledger/contract';

/** Who calls, as the token says. */
export interface Principal {
  /** Learner id, or name of the calling system. */
  readonly subject: string;
  /** The subject where it can name a learner, else null. */
  readonly learnerId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** The only courseware that the token serves; null: any (T21). */
  readonly courseware: ReadonlySet<string> | null;
  /** The institute of a reviewer or admin; null: headquarters. */
  readonly organisation: string | null;
}

/**
 * Says whose a bearer token is, at once where the token was seen before.
 * Throws `Problem`: `unauthenticated`, or `unavailable` where the keys cannot be had.
 */
export type VerifyToken = (token: string) => Principal | Promise<Principal>;
