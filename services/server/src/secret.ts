import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Configuration } from './configuration/configuration.ts';
import type { Signing } from './configuration/signing.ts';
import { StartFault } from './start-fault.ts';

/** Who signs the tokens, once every secret is there. */
export type SigningInForce = Exclude<Signing, { by: 'made-secret' }>;

/**
 * Without a configured signer a secret is made at the first start and kept beside the database, so that
 * tokens outlive a restart.
 */
export function signingInForce({ signing }: Pick<Configuration, 'signing'>): SigningInForce {
  if (signing.by !== 'made-secret') return signing;
  return { by: 'secret', secret: keptSecret(signing.file) };
}

/** What vouches for the sign-ins of people: the same at each start, and in every process. */
export function signInSecret(
  { cookieSecret }: Pick<Configuration, 'cookieSecret'>,
  signing: SigningInForce,
): string | Uint8Array {
  if (cookieSecret !== null) return cookieSecret;
  // Where another issuer signs, and no secret is given, nobody can sign in, and no other process reads our cookies.
  return signing.by === 'secret' ? signing.secret : randomBytes(32);
}

function keptSecret(file: string): string {
  const kept = read(file) ?? make(file);
  if (Buffer.byteLength(kept) < 32) {
    throw new StartFault(`The kept secret ${file} is damaged: remove it and a new one is made`);
  }
  return kept;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new StartFault(`Cannot read the kept secret ${file} (${codeOf(error)})`);
  }
}

/** Linked into place whole: of two processes that start at once, both use what the first has made. */
function make(file: string): string {
  const secret = randomBytes(32).toString('base64url');
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${secret}\n`, { mode: 0o600, flush: true });
    linkSync(draft, file);
    return secret;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw new StartFault(
        `Cannot keep a secret beside the database: ${file} cannot be written (${codeOf(error)})`,
      );
    }
    return read(file) ?? secret;
  } finally {
    rmSync(draft, { force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
