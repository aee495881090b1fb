import type { RedisAddress, RedisHost, RedisLogin } from '@watchledger/lock';
import { Unreadable } from './environment.ts';

/**
 * Reads where Redis is, in any of the forms:
 *
 *     redis://user:password@host:port/database            one server, or one node of a cluster
 *     redis://user:password@host:port,host:port           a cluster; also whole URLs, comma-separated
 *     redis+sentinel://user:password@host:port,…/name     Sentinels (?user=…&password=… are their own)
 *     redis+unix://user:password@/path/of/socket          a socket file
 *
 * `rediss` in place of `redis` speaks TLS. Users and passwords are percent-encoded. @throws Unreadable
 */
export function redisUrl(text: string): RedisAddress {
  const parts = text.split(/,\s*(?=redis[a-z+]*:\/\/)/).map((url) => partsOf(url, text));
  const [first] = parts;
  if (first === undefined || (parts.length > 1 && first.form !== '')) throw unreadable(text);
  if (first.form === 'unix') return socketOf(first, text);
  if (first.form === 'sentinel') return sentinelOf(first, text);
  return serverOrCluster(parts, text);
}

interface Parts {
  readonly tls: boolean;
  readonly form: '' | 'sentinel' | 'unix';
  readonly login: RedisLogin;
  readonly hosts: string;
  /** Without its slash at the front. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const URL_FORM =
  /^(rediss?)(?:\+(sentinel|unix))?:\/\/(?:([^/?#]*)@)?([^@/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/;

function partsOf(url: string, text: string): Parts {
  const [match, scheme, form = '', login = '', hosts = '', path = '', query = ''] = URL_FORM.exec(url) ?? [];
  if (match === undefined) throw unreadable(text);
  return {
    tls: scheme === 'rediss',
    form: form as Parts['form'],
    login: loginOf(login),
    hosts,
    path,
    query: new URLSearchParams(query),
  };
}

function serverOrCluster(parts: readonly Parts[], text: string): RedisAddress {
  const [first] = parts;
  if (first === undefined) throw unreadable(text);
  for (const { tls, form, login, query } of parts) {
    if (form !== '' || query.size > 0) throw unreadable(text);
    const stranger = login.user !== first.login.user || login.password !== first.login.password;
    if (tls !== first.tls || (stranger && !isNobody(login))) {
      throw new Unreadable(
        'names nodes of one cluster: they have the same user, password and redis:// or rediss://',
      );
    }
  }
  const { tls, login } = first;
  const nodes = parts.flatMap(({ hosts }) => hostsOf(hosts, 6379, text));
  const database = databaseOf(parts.at(-1)?.path ?? '');
  const [only] = nodes;
  if (only === undefined || parts.slice(0, -1).some(({ path }) => path !== '')) throw unreadable(text);
  if (nodes.length === 1) return { kind: 'server', at: only, login, tls, database };
  if (database !== 0) throw new Unreadable('names several nodes, so a cluster, which has no database but 0');
  return { kind: 'cluster', nodes, login, tls };
}

function sentinelOf({ tls, login, hosts, path, query }: Parts, text: string): RedisAddress {
  const [name = '', database = '', ...more] = path.split('/');
  if (name === '' || more.length > 0) {
    throw new Unreadable(`names no primary for the Sentinels: ${SENTINEL_FORM}`);
  }
  const unknown = [...query.keys()].some((key) => key !== 'user' && key !== 'password');
  if (unknown) throw unreadable(text);
  return {
    kind: 'sentinel',
    sentinels: hostsOf(hosts, 26_379, text),
    sentinelLogin: { user: query.get('user'), password: query.get('password') },
    name: decoded(name),
    login,
    tls,
    database: databaseOf(database),
  };
}

function socketOf({ tls, login, hosts, path, query }: Parts, text: string): RedisAddress {
  if (tls || hosts !== '' || path === '' || query.size > 0) throw unreadable(text);
  return { kind: 'server', at: { path: `/${decoded(path)}` }, login, tls, database: 0 };
}

function hostsOf(hosts: string, usualPort: number, text: string): RedisHost[] {
  return hosts.split(',').map((each) => {
    const [match, ipv6, name, port] =
      /^\s*(?:\[([\da-f:.]+)\]|([^:[\]\s]+))(?::(\d+))?\s*$/i.exec(each) ?? [];
    const host = ipv6 ?? name;
    if (match === undefined || host === undefined) throw unreadable(text);
    const number = port === undefined ? usualPort : Number(port);
    if (number < 1 || number > 65_535)
      throw new Unreadable(`has a port that is not from 1 to 65535: ${number}`);
    return { host, port: number };
  });
}

function loginOf(text: string): RedisLogin {
  const [, user = '', password = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  return { user: decoded(user) || null, password: decoded(password) || null };
}

function isNobody({ user, password }: RedisLogin): boolean {
  return user === null && password === null;
}

function databaseOf(text: string): number {
  if (!/^\d{0,4}$/.test(text)) throw new Unreadable('ends with a database that is not a number, such as /0');
  return Number(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Unreadable('has a "%" that encodes nothing: write a "%" in a password as %25');
  }
}

const SENTINEL_FORM = 'redis+sentinel://host:port,host:port/name';

/** Never repeats what may hold a password, however it is misspelt. */
function unreadable(text: string): Unreadable {
  const shown = text.replace(/\/\/.*@/s, '//…@').replace(/\?.*$/s, '?…');
  const forms = `redis://host:port, rediss://…, nodes of a cluster comma-separated, or ${SENTINEL_FORM}`;
  return new Unreadable(`must be ${forms}, not "${shown}"`);
}
