import { Problem } from '@watchledger/contract';
import {
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { type Claims, readClaims } from './claims.ts';
import type { Principal, VerifyToken } from './principal.ts';
import { remoteKeys } from './remote-keys.ts';

/** One shared secret (HS256), or the keys of an identity provider. */
export type TokenTrust = ({ readonly secret: string } | { readonly jwksUrl: string }) & {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
};

const longestToken = 8192;
/** Issuers' clocks may be this far ahead; expiry is taken literally. */
const notBeforeLeewayMs = 5_000;
/** A withdrawn key goes on verifying tokens seen before for at most so long. */
const trustSeenForMs = 600_000;

/**
 * Verifies bearer tokens with strict algorithms (T10). A bounded cache spares the signature of a token seen
 * before, never its expiry.
 * @param now the wall clock in epoch milliseconds
 * @example createTokenVerifier({ secret: 'a long random text' }, Date.now)
 */
export function createTokenVerifier(trust: TokenTrust, now: () => number): VerifyToken {
  const seen = new LRUCache<string, SeenToken>({
    max: 20_000,
    maxSize: 16_000_000,
    sizeCalculation: (_, token) => token.length,
  });
  const verifySignature = signatureVerifier(trust, now);

  return (token) => {
    const known = seen.get(token);
    if (known && now() < known.trustedUntil) return admit(known, now());
    return verifyUnseen(token);
  };

  async function verifyUnseen(token: string): Promise<Principal> {
    if (token.length > longestToken) throw refused('The token is too long.');
    const verified = { ...(await verifySignature(token)), trustedUntil: now() + trustSeenForMs };
    const principal = admit(verified, now());
    seen.set(token, verified);
    return principal;
  }
}

type SeenToken = Claims & { readonly trustedUntil: number };

function admit({ principal, expiresAt, notBefore }: Claims, moment: number): Principal {
  if (moment >= expiresAt) throw refused('The token has expired.');
  if (moment + notBeforeLeewayMs < notBefore) throw refused('The token is not valid yet.');
  return principal;
}

function signatureVerifier(trust: TokenTrust, now: () => number): (token: string) => Promise<Claims> {
  const verify = 'secret' in trust ? withSecret(trust.secret) : withKeys(remoteKeys(trust.jwksUrl));
  return async (token) => {
    const options: JWTVerifyOptions = {
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(now()),
      clockTolerance: notBeforeLeewayMs / 1000,
      ...(trust.issuer !== undefined && { issuer: trust.issuer }),
      ...(trust.audience !== undefined && { audience: trust.audience }),
    };
    refuseExtensions(token);
    try {
      return readClaims((await verify(token, options)).payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw refused('The token has expired.');
      if (error instanceof errors.JOSEError) throw refused('The token is not valid.');
      throw error;
    }
  };
}

/** Critical extensions mean rules that this service does not know, whichever they are. */
function refuseExtensions(token: string): void {
  let header: object;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw refused('The token is not a JWT.');
  }
  if ('crit' in header) throw refused('The token has critical extensions.');
}

type Verify = (token: string, options: JWTVerifyOptions) => ReturnType<typeof jwtVerify>;

function withSecret(secret: string): Verify {
  const k = Buffer.from(secret, 'utf8').toString('base64url');
  const key = importJWK({ kty: 'oct', k, alg: 'HS256' }, 'HS256');
  return async (token, options) => jwtVerify(token, await key, { ...options, algorithms: ['HS256'] });
}

function withKeys(keys: JWTVerifyGetKey): Verify {
  return (token, options) => jwtVerify(token, keys, { ...options, algorithms: ['RS256', 'ES256', 'EdDSA'] });
}

const refused = (detail: string): Problem => new Problem('unauthenticated', detail);
