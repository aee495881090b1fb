import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartFault } from './start-fault.ts';

/** What the environment says, read once at start and passed on. */
export interface Configuration {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Absolute path of the SQLite file. */
  readonly databaseFile: string;
  /** Where the locks live; null keeps them in this process, which then owns the database file alone. */
  readonly redisUrl: string | null;
  readonly signing: Signing;
  readonly issuer: string | null;
  readonly audience: string | null;
  readonly corsOrigins: readonly string[];
  readonly policyFile: string | null;
  readonly logLevel: LogLevel;
}

/** Who signs the tokens: a secret of ours, one to be made and kept beside the database, or an issuer. */
export type Signing =
  | { readonly by: 'secret'; readonly secret: string }
  | { readonly by: 'made-secret' }
  | { readonly by: 'issuer'; readonly jwksUrl: string };

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every variable before it complains, so that one start shows all faults (`StartFault`). */
export function readConfiguration(environment: Environment): Configuration {
  const faults: string[] = [];
  const reader = new EnvironmentReader(environment, faults);

  const production =
    reader.oneOf('NODE_ENV', ['development', 'test', 'production'], 'development') === 'production';
  const host = reader.text('HOST') ?? '127.0.0.1';
  const issuer = reader.text('AUTH_ISSUER');
  const audience = reader.text('AUTH_AUDIENCE');
  const configuration: Configuration = {
    production,
    host,
    port: reader.parsed('PORT', port) ?? 8787,
    databaseFile: reader.parsed('DATABASE_URL', databaseFile) ?? resolve('data/watchledger.db'),
    redisUrl: reader.parsed('REDIS_URL', redisUrl),
    signing: readSigning(reader, faults, { production, host, issuer, audience }),
    issuer,
    audience,
    corsOrigins: reader.parsed('CORS_ORIGINS', corsOrigins) ?? [],
    policyFile: reader.parsed('POLICY_FILE', (path) => resolve(path)),
    logLevel: reader.oneOf('LOG_LEVEL', logLevels, 'info'),
  };
  if (faults.length > 0) throw new StartFault(...faults);
  return configuration;
}

/** Every variable that is read, with what it means; `--help` prints it. */
export const variables = {
  PORT: 'port to listen on (8787); 0 takes a free one',
  HOST: 'address to listen on (127.0.0.1)',
  DATABASE_URL: 'database file (file:data/watchledger.db)',
  REDIS_URL: 'redis://… or rediss://… for the locks; unset: locks in this process',
  AUTH_SECRET: 'secret of the HS256 tokens, at least 32 bytes',
  AUTH_JWKS_URL: 'keys of the token issuer, instead of AUTH_SECRET',
  AUTH_ISSUER: 'expected issuer of the tokens',
  AUTH_AUDIENCE: 'expected audience of the tokens',
  CORS_ORIGINS: 'origins of the pages that embed the SDK, comma-separated; * for any',
  POLICY_FILE: 'JSON file with the hour policy',
  LOG_LEVEL: `one of ${logLevels.join(', ')} (info)`,
  NODE_ENV: 'development (default), test or production',
} as const;

type Variable = keyof typeof variables;

class EnvironmentReader {
  readonly #environment: Environment;
  readonly #faults: string[];

  constructor(environment: Environment, faults: string[]) {
    this.#environment = environment;
    this.#faults = faults;
  }

  /** An empty variable is an absent one, as container files can only blank what they inherit. */
  text(variable: Variable): string | null {
    return this.#environment[variable]?.trim() || null;
  }

  parsed<Value>(variable: Variable, parse: (text: string) => Value): Value | null {
    const text = this.text(variable);
    if (text === null) return null;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#faults.push(`${variable} ${error.message}`);
      return null;
    }
  }

  oneOf<Value extends string>(variable: Variable, allowed: readonly Value[], otherwise: Value): Value {
    const chosen = this.parsed(variable, (text) => {
      const value = allowed.find((each) => each === text);
      if (value === undefined) throw new Unreadable(`must be one of ${allowed.join(', ')}, not "${text}"`);
      return value;
    });
    return chosen ?? otherwise;
  }
}

/** A value that cannot be used; the message goes on from the variable's name. */
class Unreadable extends Error {}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535)
    throw new Unreadable(`must be a port from 0 to 65535, not "${text}"`);
  return value;
}

function databaseFile(text: string): string {
  if (/^postgres(ql)?:/.test(text)) {
    throw new Unreadable('names PostgreSQL, which this version does not have yet: use file:<path>');
  }
  if (!text.startsWith('file:')) throw new Unreadable(`must be file:<path>, not "${withoutPassword(text)}"`);
  if (/[?#]/.test(text)) throw new Unreadable('takes no options: give file:<path> alone');
  const path = text.startsWith('file://') ? pathOfUrl(text) : text.slice('file:'.length);
  if (path === '' || path.endsWith('/')) throw new Unreadable('names no file: give file:<path>');
  if (path === ':memory:') throw new Unreadable('names memory, which forgets: give file:<path>');
  return resolve(path);
}

function pathOfUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw new Unreadable('names another machine or no path: use file:<path> or file:///<path>');
  }
}

function redisUrl(text: string): string {
  if (text.includes(',')) {
    throw new Unreadable(
      'lists several nodes, but Redis Cluster is not supported in this version yet: name one',
    );
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Unreadable(`must be redis://host:port or rediss://host:port, not "${withoutPassword(text)}"`);
  }
  return text;
}

/** `*` lets every page call: who watches is said by a bearer token, never by a cookie. */
function corsOrigins(text: string): string[] {
  if (text === '*') return ['*'];
  const origins = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol) || url.origin !== origin) {
      throw new Unreadable(
        `must list origins such as https://learn.example.org, not "${withoutPassword(origin)}"`,
      );
    }
  }
  return origins;
}

/** A fault is printed and kept in logs; a password in it must not be. */
function withoutPassword(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//…@');
}

interface Surroundings {
  readonly production: boolean;
  readonly host: string;
  readonly issuer: string | null;
  readonly audience: string | null;
}

function readSigning(reader: EnvironmentReader, faults: string[], surroundings: Surroundings): Signing {
  const { production, host, issuer, audience } = surroundings;
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
  }
  return { by: 'made-secret' };
}

function keysUrl(text: string, production: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Unreadable(`must be an https:// URL, not "${withoutPassword(text)}"`);
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
