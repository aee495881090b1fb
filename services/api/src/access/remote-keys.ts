import { Problem } from '@watchledger/contract';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/**
 * The keys of an identity provider, fetched when first needed, kept for ten minutes and fetched again for an
 * unknown key at most twice a minute. A provider that is away is no fault of the token: `unavailable`.
 */
export function remoteKeys(jwksUrl: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: 600_000,
    cooldownDuration: 30_000,
    timeoutDuration: 5_000,
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      throw new Problem('unavailable', 'The keys of the identity provider cannot be fetched.', {
        retryAfterSeconds: 5,
      });
    }
  };
}

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported ||
  error instanceof errors.JOSEAlgNotAllowed;
