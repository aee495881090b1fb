import { CoursewareId, LearnerId, type Scope, scopes } from '@watchledger/contract';
import {
  DurationError,
  type Instant,
  type Milliseconds,
  milliseconds,
  parseDuration,
} from '@watchledger/rules';
import { SignJWT } from 'jose';
import { StartFault } from './start-fault.ts';

/** What the command line said about a token, unchecked. */
export interface TokenOptions {
  readonly sub?: string | undefined;
  readonly scope?: string | undefined;
  readonly courseware?: string | undefined;
  readonly org?: string | undefined;
  readonly ttl?: string | undefined;
}

/** What a token says about its bearer. */
export interface TokenClaims {
  readonly sub: string;
  /** Space-separated. */
  readonly scope: string;
  /** Binds a watch token to these courseware (T21). */
  readonly courseware?: readonly string[];
  /** Institute of a reviewer or admin. */
  readonly org?: string;
}

export interface TokenSigner {
  readonly secret: string;
  readonly issuer: string | null;
  readonly audience: string | null;
}

/** An HS256 token that is valid from `now` for `ttl`. */
export function signToken(
  { sub, ...claims }: TokenClaims,
  { secret, issuer, audience }: TokenSigner,
  { now, ttl }: { readonly now: Instant; readonly ttl: Milliseconds },
): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  const token = new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + Math.ceil(ttl / 1_000));
  if (issuer !== null) token.setIssuer(issuer);
  if (audience !== null) token.setAudience(audience);
  return token.sign(new TextEncoder().encode(secret));
}

/** Checks what the command line says about a token. Throws `StartFault` with all faults. */
export function readTokenOptions(options: TokenOptions): { claims: TokenClaims; ttl: Milliseconds } {
  const faults: string[] = [];
  const sub = options.sub ?? '';
  if (!LearnerId.safeParse(sub).success) faults.push(`--sub must be an id such as u1, not "${sub}"`);

  const scope = (options.scope ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const unknown = scope.filter((word) => !isScope(word.replace(/^watchledger:/, '')));
  if (scope.length === 0) faults.push(`--scope must name at least one of ${scopes.join(', ')}`);
  if (unknown.length > 0)
    faults.push(`--scope "${unknown.join(' ')}" is unknown: choose from ${scopes.join(', ')}`);

  const courseware = options.courseware?.split(',').map((id) => id.trim());
  const faulty = courseware?.filter((id) => !CoursewareId.safeParse(id).success) ?? [];
  for (const id of faulty) faults.push(`--courseware must list ids such as cw-1,cw-2, not "${id}"`);

  if (options.org !== undefined && !LearnerId.safeParse(options.org).success) {
    faults.push(`--org must be an id such as institute-1, not "${options.org}"`);
  }
  const ttl = readTtl(options.ttl ?? '1h', faults);
  if (faults.length > 0) throw new StartFault(...faults);
  return {
    claims: {
      sub,
      scope: scope.join(' '),
      ...(courseware === undefined ? {} : { courseware }),
      ...(options.org === undefined ? {} : { org: options.org }),
    },
    ttl,
  };
}

function isScope(word: string): word is Scope {
  return scopes.some((scope) => scope === word);
}

function readTtl(text: string, faults: string[]): Milliseconds {
  try {
    const ttl = parseDuration(text);
    if (ttl === 0) faults.push('--ttl must be longer than 0s');
    return ttl;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    faults.push(`--ttl ${error.message}`);
    return milliseconds(0);
  }
}
