import { createHash, randomBytes } from 'node:crypto';
import type { Instant, Milliseconds } from '@watchledger/rules';

/** Who is let in by a code, with what, and the page of ours that the link opens. */
export interface Grant {
  readonly sub: string;
  /** What people call them. */
  readonly name?: string | undefined;
  /** Space-separated scopes, as in a token. */
  readonly scope: string;
  /** A path of this service, such as `/demo/video`. */
  readonly page: string;
}

export type Redemption =
  | { readonly outcome: 'accepted'; readonly grant: Grant }
  | { readonly outcome: 'used' | 'expired' | 'unknown' };

export interface OneTimeCodes {
  /** Makes a code: 128 random bits in base64url. */
  issue(grant: Grant): string;
  /** Lets a code in once, within its time. */
  redeem(code: string): Redemption;
}

/** Where a code is redeemed; perhaps in another process. */
export interface CodeDesk {
  redeem(code: string): Redemption | Promise<Redemption>;
}

/**
 * Codes for ready-to-open links, which start-up prints. They live in one process only and are kept as hashes.
 * @example const link = `${origin}/demo/video#code=${codes.issue({ sub: 'u1', scope: 'watch', page: '/demo/video' })}`;
 */
export function createOneTimeCodes({
  clock,
  ttl,
}: {
  clock: () => Instant;
  ttl: Milliseconds;
}): OneTimeCodes {
  const issued = new Map<string, { grant: Grant; expiresAt: number; used: boolean }>();
  return {
    issue(grant) {
      const code = randomBytes(16).toString('base64url');
      issued.set(hash(code), { grant, expiresAt: clock() + ttl, used: false });
      return code;
    },
    redeem(code) {
      const entry = issued.get(hash(code));
      if (entry === undefined) return { outcome: 'unknown' };
      if (entry.used) return { outcome: 'used' };
      if (clock() >= entry.expiresAt) return { outcome: 'expired' };
      entry.used = true;
      return { outcome: 'accepted', grant: entry.grant };
    },
  };
}

/** Looking up a hash tells nothing about a code through the time that it takes. */
function hash(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
