import { isIPv4 } from 'node:net';
import type { DatabaseAddress } from './database-address.ts';
import { type EnvironmentReader, Unreadable, withoutPassword } from './environment.ts';

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
    const bytes = Buffer.byteLength(secret);
    if (bytes < 32)
      faults.push(`AUTH_SECRET must have at least 32 bytes and has ${bytes}: try "openssl rand -base64 32"`);
    return { by: 'secret', secret };
  }
  if (jwksText !== null) {
    const jwksUrl = reader.parsed('AUTH_JWKS_URL', (text) => keysUrl(text, production)) ?? jwksText;
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

function keysUrl(text: string, production: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Unreadable(`must be an https:// URL, not ${withoutPassword(text)}`);
  }
  // Whoever can change the keys on their way can make any token.
  if (production && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Unreadable('must be an https:// URL in production');
  }
  return text;
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
  );
}
