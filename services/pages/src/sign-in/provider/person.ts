import { LearnerId, type Scope, scopes } from '@watchledger/contract';
import type { SignIn } from '../signed-cookie.ts';
import { SignInFault } from './provider.ts';

/** Which claims of a provider say what. Names may be paths, such as `realm_access.roles`. */
export interface ClaimReading {
  /** Holds the learner id. */
  readonly subject: string;
  readonly roles: string;
  /** Holds the institute that a reviewer or admin belongs to. */
  readonly org: string;
  /**
   * What that claim says of those who decide for everybody. Null: there it is left out, which a provider may do by
   * mistake.
   */
  readonly headquarters: string | null;
  /** What each role of the provider may do here; `*` is everybody. */
  readonly scopesOf: ReadonlyMap<string, readonly Scope[]>;
}

/** What each role may do where nothing else is configured. */
export const usualRoles: ReadonlyMap<string, readonly Scope[]> = new Map<string, readonly Scope[]>([
  ['learner', ['watch']],
  ['reviewer', ['review', 'credits:read']],
  ['leader', ['credits:read']],
  ['admin', ['admin']],
]);

type Claims = Readonly<Record<string, unknown>>;

/**
 * Who somebody is here. Without any role the scope is empty.
 * @throws SignInFault where the id is none, or the institute cannot be read or is not said where it must be: a
 *   restriction is never ignored
 */
export function personOf(claims: Claims, reading: ClaimReading): Omit<SignIn, 'until'> {
  const sub = LearnerId.safeParse(textOf(claimAt(claims, reading.subject)));
  if (!sub.success) {
    throw new SignInFault('unusable-account', `the claim ${reading.subject} is missing or is no learner id`);
  }
  const scope = scopeOf(rolesIn(claimAt(claims, reading.roles)), reading.scopesOf);
  return { sub: sub.data, name: nameIn(claims), scope, org: organisationIn(claims, reading, scope) };
}

/** A claim by its name, or else by its path: names that are addresses have dots, too. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (within, key) => (isObject(within) && Object.hasOwn(within, key) ? within[key] : undefined),
      claims,
    );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A text, also where directories write it as a number or as a list of one. */
function textOf(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 1) return textOf(value[0]);
  return Number.isSafeInteger(value) ? String(value) : value;
}

function nameIn({ name }: Claims): string | undefined {
  if (typeof name !== 'string' || !name.isWellFormed()) return undefined;
  return (
    name
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 128) || undefined
  );
}

/** Lists of names; a text is one name, whatever words are in it: titles of jobs are no roles. */
function rolesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((role) => typeof role === 'string') : [];
}

function scopeOf(roles: readonly string[], scopesOf: ClaimReading['scopesOf']): string {
  const granted = new Set(['*', ...roles].flatMap((role) => scopesOf.get(role) ?? []));
  return scopes.filter((scope) => granted.has(scope)).join(' ');
}

function organisationIn(
  claims: Claims,
  { org: name, headquarters }: ClaimReading,
  scope: string,
): string | undefined {
  const claim = claimAt(claims, name) ?? null;
  if (claim === null) {
    if (headquarters === null || !decides(scope)) return undefined;
    throw new SignInFault('unusable-institute', `the claim ${name} is missing`);
  }
  const id = LearnerId.safeParse(textOf(claim));
  if (!id.success) throw new SignInFault('unusable-institute', `the claim ${name} is no id of an institute`);
  return id.data === headquarters ? undefined : id.data;
}

/** Whether somebody sees or decides more than their own. */
const decides = (scope: string): boolean => scope.split(' ').some((word) => word !== '' && word !== 'watch');
