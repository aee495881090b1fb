import { type Scope, scopes } from '@watchledger/contract';
import { type ClaimReading, usualRoles } from '@watchledger/pages';
import { type EnvironmentReader, Unreadable } from './environment.ts';
import type { Signing } from './signing.ts';
import { isLoopback, safeUrl } from './web-addresses.ts';

/** Where people sign in by themselves. */
export interface OpenIdSetting {
  readonly issuer: string;
  readonly clientId: string;
  /** null: a public client. */
  readonly clientSecret: string | null;
  /** Space-separated. */
  readonly scopes: string;
  readonly reading: ClaimReading;
}

type Variable = keyof typeof openIdVariables | 'PUBLIC_URL' | 'COOKIE_SECRET';

export interface Surroundings {
  readonly production: boolean;
  readonly host: string;
  readonly workers: number;
  readonly signing: Signing;
}

/** Reads where people sign in; null where that is not set. */
export function readOpenId(
  reader: EnvironmentReader<Variable>,
  { production, host, workers, signing }: Surroundings,
): OpenIdSetting | null {
  const { faults } = reader;
  const issuer = reader.parsed('OIDC_ISSUER', (text) => issuerUrl(text, production));
  const clientId = reader.text('OIDC_CLIENT_ID');
  const setting: Omit<OpenIdSetting, 'issuer' | 'clientId'> = {
    clientSecret: reader.text('OIDC_CLIENT_SECRET'),
    scopes: reader.parsed('OIDC_SCOPES', askedScopes) ?? 'openid profile',
    reading: {
      subject: reader.text('OIDC_SUBJECT_CLAIM') ?? 'sub',
      roles: reader.text('OIDC_ROLES_CLAIM') ?? 'roles',
      org: reader.text('OIDC_ORG_CLAIM') ?? 'org',
      headquarters: reader.text('OIDC_HEADQUARTERS'),
      scopesOf: reader.parsed('OIDC_ROLES', roles) ?? usualRoles,
    },
  };
  if (reader.text('OIDC_ISSUER') === null) {
    const lonely = Object.keys(openIdVariables).find((name) => reader.text(name as Variable) !== null);
    const faulty = faults.some((line) => line.startsWith('OIDC_'));
    if (lonely !== undefined && !faulty) faults.push(`${lonely} belongs to OIDC_ISSUER, which is not set`);
    return null;
  }
  if (clientId === null)
    faults.push('OIDC_CLIENT_ID must be set with OIDC_ISSUER: the provider knows us by it');
  if (reader.text('PUBLIC_URL') === null && (production || workers > 1 || !isLoopback(host))) {
    faults.push('PUBLIC_URL must be set with OIDC_ISSUER: the provider sends people back there');
  }
  if (signing.by === 'issuer' && reader.text('COOKIE_SECRET') === null) {
    faults.push(
      'COOKIE_SECRET must be set with OIDC_ISSUER and AUTH_JWKS_URL, the same for every process: try "openssl rand -base64 32"',
    );
  }
  return issuer === null || clientId === null ? null : { issuer, clientId, ...setting };
}

function issuerUrl(text: string, production: boolean): string {
  const url = new URL(safeUrl(text, production));
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.pathname.includes('/.well-known/')) {
    throw new Unreadable(
      'must be the issuer as it names itself, such as https://login.example.org/realms/institute, without /.well-known/…',
    );
  }
  return text;
}

function askedScopes(text: string): string {
  const asked = text.split(/\s+/);
  if (!asked.includes('openid')) throw new Unreadable('must name openid among its scopes');
  return asked.join(' ');
}

/** `role=scope scope,role=scope`, names percent-encoded where they hold a comma. @throws Unreadable */
function roles(text: string): ReadonlyMap<string, readonly Scope[]> {
  return new Map(text.split(',').map(role));
}

function role(text: string): [string, readonly Scope[]] {
  // Names of directories hold "=", and scopes never do.
  const [, name = '', granted = ''] = /^\s*(.+?)\s*=([^=]*)$/.exec(text) ?? [];
  const words = granted.split(/\s+/).filter((word) => word !== '');
  const unknown = words.find((word) => !isScope(word));
  if (name === '' || words.length === 0 || unknown !== undefined) {
    throw new Unreadable(
      `must list roles and scopes such as "staff=watch,office=review credits:read", with the scopes ${scopes.join(', ')}; not "${text.trim()}"`,
    );
  }
  return [decoded(name), words.filter(isScope)];
}

const isScope = (word: string): word is Scope => scopes.some((scope) => scope === word);

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new Unreadable(`has a "%" that encodes nothing: write a "%" in a role as %25, not "${name}"`);
  }
}

/** What `--help` says of them. */
export const openIdVariables = {
  OIDC_ISSUER: 'OpenID provider where people sign in, as it names itself, such as https://login.example.org',
  OIDC_CLIENT_ID: 'what the provider knows us by',
  OIDC_CLIENT_SECRET: 'its secret; none for a public client',
  OIDC_SCOPES: 'what the provider is asked for (openid profile)',
  OIDC_SUBJECT_CLAIM: 'claim that holds the learner id (sub)',
  OIDC_ROLES_CLAIM: 'claim that holds the roles (roles), or its path, such as realm_access.roles',
  OIDC_ROLES:
    'what each role may do, * being everybody (learner=watch,reviewer=review credits:read,leader=credits:read,admin=admin)',
  OIDC_ORG_CLAIM: 'claim that holds the institute of a reviewer or admin (org)',
  OIDC_HEADQUARTERS: 'what that claim says of headquarters; unset: there the claim is left out',
} as const;
