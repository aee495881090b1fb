import type { DatabaseAddress } from './database-address.ts';
import { type EnvironmentReader, Unreadable } from './environment.ts';
import { isLoopback, safeUrl } from './web-addresses.ts';

/** Who signs the tokens: a secret of ours, one to be made and kept beside the database, or an issuer. */
export type Signing =
  | { readonly by: 'secret'; readonly secret: string }
  | {
      readonly by: 'made-secret';
      /** Absolute path of where it is kept. */
      readonly file: string;
    }
  | { readonly by: 'issuer'; readonly jwksUrl: string };

type Variable = 'AUTH_SECRET' | 'AUTH_JWKS_URL' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE';

export interface Surroundings {
  readonly production: boolean;
  readonly host: string;
  readonly database: DatabaseAddress;
  readonly issuer: string | null;
  readonly audience: string | null;
}

/** Reads who signs, and tells the reader's faults where nobody safely does. */
export function readSigning(reader: EnvironmentReader<Variable>, surroundings: Surroundings): Signing {
  const { production, host, database, issuer, audience } = surroundings;
  const { faults } = reader;
  const secret = reader.text('AUTH_SECRET');
  const jwksText = reader.text('AUTH_JWKS_URL');
  if (secret !== null && jwksText !== null) {
    faults.push('AUTH_SECRET and AUTH_JWKS_URL are both set: tokens can be signed one way only');
  }
  if (secret !== null) {
    const weakness = weaknessOf(secret);
    if (weakness !== null) faults.push(`AUTH_SECRET ${weakness}`);
    return { by: 'secret', secret };
  }
  if (jwksText !== null) {
    // Whoever can change the keys on their way can make any token.
    const jwksUrl = reader.parsed('AUTH_JWKS_URL', (text) => safeUrl(text, production)) ?? jwksText;
    if (production && issuer === null)
      faults.push('AUTH_ISSUER must be set in production when AUTH_JWKS_URL is');
    if (production && audience === null)
      faults.push('AUTH_AUDIENCE must be set in production when AUTH_JWKS_URL is');
    return { by: 'issuer', jwksUrl };
  }
  if (production) {
    faults.push('AUTH_SECRET or AUTH_JWKS_URL must be set in production: try "openssl rand -base64 32"');
  } else if (!isLoopback(host)) {
    faults.push(`AUTH_SECRET or AUTH_JWKS_URL must be set to listen on HOST=${host}, which others can reach`);
  } else if (database.kind === 'postgres') {
    faults.push(
      'AUTH_SECRET or AUTH_JWKS_URL must be set with PostgreSQL: every process needs to know the same one',
    );
  }
  return { by: 'made-secret', file: database.kind === 'sqlite' ? `${database.file}.secret` : '' };
}

/** Reads what vouches for the sign-ins of people; null: whatever signs tokens. */
export function readCookieSecret(reader: EnvironmentReader<'COOKIE_SECRET'>): string | null {
  return reader.parsed('COOKIE_SECRET', (text) => {
    const weakness = weaknessOf(text);
    if (weakness !== null) throw new Unreadable(weakness);
    return text;
  });
}

function weaknessOf(secret: string): string | null {
  const bytes = Buffer.byteLength(secret);
  return bytes < 32 ? `must have at least 32 bytes and has ${bytes}: try "openssl rand -base64 32"` : null;
}
