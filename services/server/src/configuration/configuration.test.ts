import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StartFault } from '../start-fault.ts';
import { readConfiguration, variables } from './configuration.ts';

const secret = 'a secret of at least thirty-two bytes';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof StartFault) return error.lines;
    throw error;
  }
  return [];
}

test('nothing set is a service of this machine alone, with a file, a made secret and locks of its own', () => {
  expect(readConfiguration({})).toEqual({
    production: false,
    host: '127.0.0.1',
    port: 8787,
    workers: 1,
    maxConnections: 20_000,
    database: { kind: 'sqlite', file: resolve('data/watchledger.db') },
    replicaUrl: null,
    databaseConnections: 10,
    redis: null,
    signing: { by: 'made-secret', file: resolve('data/watchledger.db.secret') },
    issuer: null,
    audience: null,
    cookieSecret: null,
    publicUrl: null,
    openId: null,
    corsOrigins: [],
    policyFile: null,
    evidence: { kind: 'folder', folder: resolve('data/watchledger.db.files') },
    logLevel: 'info',
    tracesEndpoint: null,
    tracesHeaders: {},
    tracesShare: 1,
  });
});

test('everything set is taken as it is', () => {
  expect(
    readConfiguration({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      PORT: '80',
      WORKERS: '4',
      MAX_CONNECTIONS: '500',
      DATABASE_URL: 'postgres://wl:word@db:5433/hours?sslmode=verify-full',
      DATABASE_REPLICA_URL: 'postgresql://wl:word@replica/hours',
      DATABASE_CONNECTIONS: '20',
      REDIS_URL: 'rediss://user:word@cache:6380/2',
      REDIS_CA_FILE: '/etc/redis/ca.pem',
      AUTH_JWKS_URL: 'https://login.example.org/keys',
      AUTH_ISSUER: 'https://login.example.org',
      AUTH_AUDIENCE: 'watchledger',
      COOKIE_SECRET: secret,
      PUBLIC_URL: 'https://hours.example.org/',
      OIDC_ISSUER: 'https://login.example.org/realms/institute',
      OIDC_CLIENT_ID: 'hours',
      OIDC_CLIENT_SECRET: 'word',
      OIDC_SCOPES: 'openid  profile groups',
      OIDC_SUBJECT_CLAIM: 'employeeNumber',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ROLES: '*=watch, cn=审核%2Cou=hr=review  credits:read',
      OIDC_ORG_CLAIM: 'institute',
      OIDC_HEADQUARTERS: 'hq',
      CORS_ORIGINS: 'https://a.example.org, http://localhost:3000',
      POLICY_FILE: '/etc/policy.json',
      EVIDENCE_FOLDER: '/srv/evidence',
      LOG_LEVEL: 'warn',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a%3Db, x-tenant=hours',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
    }),
  ).toEqual({
    production: true,
    host: '0.0.0.0',
    port: 80,
    workers: 4,
    maxConnections: 500,
    database: { kind: 'postgres', url: 'postgres://wl:word@db:5433/hours?sslmode=verify-full' },
    replicaUrl: 'postgresql://wl:word@replica/hours',
    databaseConnections: 20,
    redis: {
      address: {
        kind: 'server',
        at: { host: 'cache', port: 6380 },
        login: { user: 'user', password: 'word' },
        tls: true,
        database: 2,
      },
      files: { ca: '/etc/redis/ca.pem', cert: null, key: null },
    },
    signing: { by: 'issuer', jwksUrl: 'https://login.example.org/keys' },
    issuer: 'https://login.example.org',
    audience: 'watchledger',
    cookieSecret: secret,
    publicUrl: 'https://hours.example.org',
    openId: {
      issuer: 'https://login.example.org/realms/institute',
      clientId: 'hours',
      clientSecret: 'word',
      scopes: 'openid profile groups',
      reading: {
        subject: 'employeeNumber',
        roles: 'realm_access.roles',
        org: 'institute',
        headquarters: 'hq',
        scopesOf: new Map([
          ['*', ['watch']],
          ['cn=审核,ou=hr', ['review', 'credits:read']],
        ]),
      },
    },
    corsOrigins: ['https://a.example.org', 'http://localhost:3000'],
    policyFile: '/etc/policy.json',
    evidence: { kind: 'folder', folder: '/srv/evidence' },
    logLevel: 'warn',
    tracesEndpoint: 'http://collector:4318',
    tracesHeaders: { authorization: 'Bearer a=b', 'x-tenant': 'hours' },
    tracesShare: 0.01,
  });
});

test('a path of a file may be written as a URL', () => {
  const { database } = readConfiguration({ DATABASE_URL: 'file:///var/lib/watch%20ledger.db' });
  expect(database).toEqual({ kind: 'sqlite', file: '/var/lib/watch ledger.db' });
});

test('a variable that is set but blank is not set', () => {
  expect(readConfiguration({ PORT: '', REDIS_URL: ' ', AUTH_SECRET: '' })).toEqual(readConfiguration({}));
});

test('all faults are told at once', () => {
  const faults = faultsOf({ PORT: 'eighty', LOG_LEVEL: 'loud', NODE_ENV: 'prod', AUTH_SECRET: 'short' });
  expect(faults.map((line) => line.split(' ')[0])).toEqual(['NODE_ENV', 'PORT', 'AUTH_SECRET', 'LOG_LEVEL']);
});

describe('each fault is one line that names its variable', () => {
  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'postgres://db'],
    ['DATABASE_URL', 'mysql://db/hours'],
    ['DATABASE_REPLICA_URL', 'postgres://replica/hours'],
    ['DATABASE_CONNECTIONS', '4'],
    ['OIDC_SCOPES', 'profile'],
    ['OIDC_ROLES', 'learner'],
    ['OIDC_ROLES', 'learner='],
    ['OIDC_ROLES', 'learner=watch,'],
    ['OIDC_ROLES', 'learner=everything'],
    ['OIDC_ROLES', '100%=watch'],
    ['PUBLIC_URL', 'hours.example.org'],
    ['PUBLIC_URL', 'https://hours.example.org/pages'],
    ['COOKIE_SECRET', 'short'],
    ['WORKERS', '0'],
    ['WORKERS', 'all'],
    ['MAX_CONNECTIONS', '0'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'Bearer abc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20abc,'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=a%0d%0ax:b'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['DATABASE_URL', 'data/watchledger.db'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'file:data/'],
    ['DATABASE_URL', 'file:a.db?mode=memory'],
    ['DATABASE_URL', 'file::memory:'],
    ['DATABASE_URL', 'file://server/share.db'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'http://a'],
    ['REDIS_URL', 'redis+sentinel://a:26379'],
    ['AUTH_SECRET', 'one byte less than thirty-two ..'.slice(1)],
    ['AUTH_JWKS_URL', 'login.example.org'],
    ['CORS_ORIGINS', '*, https://a.example.org'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://a.example.org/page'],
    ['LOG_LEVEL', 'INFO'],
    ['NODE_ENV', 'staging'],
  ])('%s=%s', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${variable} `));
    expect(faults[0]).not.toContain('\n');
  });
});

describe('what belongs together is set together', () => {
  const postgres = { DATABASE_URL: 'postgres://db/hours', AUTH_SECRET: secret };

  test('PostgreSQL and Redis, for locks that all its processes share', () => {
    expect(faultsOf(postgres)).toEqual([expect.stringMatching(/^REDIS_URL must be set with PostgreSQL/)]);
    expect(faultsOf({ ...postgres, REDIS_URL: 'redis://cache' })).toEqual([]);
  });

  test('PostgreSQL and a secret, which every process knows', () => {
    expect(faultsOf({ ...postgres, REDIS_URL: 'redis://cache', AUTH_SECRET: '' })).toEqual([
      expect.stringMatching(/^AUTH_SECRET or AUTH_JWKS_URL must be set with PostgreSQL/),
    ]);
  });

  test('workers and Redis', () => {
    expect(faultsOf({ WORKERS: '2' })).toEqual([
      expect.stringMatching(/^REDIS_URL must be set with WORKERS/),
    ]);
    expect(faultsOf({ WORKERS: '2', REDIS_URL: 'redis://cache' })).toEqual([]);
  });
});

test('uploaded files are in a folder or in a bucket, and a bucket has a key that signs', () => {
  const EVIDENCE_URL = 'https://s3.example.org/evidence';
  const key = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'word' };
  expect(readConfiguration({ EVIDENCE_URL, ...key }).evidence).toMatchObject({
    kind: 'bucket',
    url: EVIDENCE_URL,
  });
  expect(faultsOf({ EVIDENCE_URL, ...key, EVIDENCE_FOLDER: '/srv/evidence' })).toEqual([
    expect.stringMatching(/^EVIDENCE_FOLDER and EVIDENCE_URL are both set/),
  ]);
  expect(faultsOf({ EVIDENCE_URL })).toEqual([
    'AWS_ACCESS_KEY_ID must be set with EVIDENCE_URL',
    'AWS_SECRET_ACCESS_KEY must be set with EVIDENCE_URL',
  ]);
});

test('files for TLS belong to a Redis that speaks it, a certificate to its key', () => {
  const REDIS_URL = 'redis://cache';
  expect(faultsOf({ REDIS_URL, REDIS_CA_FILE: 'ca.pem' })).toEqual([
    expect.stringMatching(/^REDIS_CA_FILE is for TLS/),
  ]);
  expect(faultsOf({ REDIS_URL: 'rediss://cache', REDIS_KEY_FILE: 'key.pem' })).toEqual([
    expect.stringMatching(/^REDIS_CERT_FILE and REDIS_KEY_FILE belong together/),
  ]);
});

test('as many workers as there are cores', () => {
  const { workers } = readConfiguration({ WORKERS: 'auto', REDIS_URL: 'redis://cache' });
  expect(workers).toBe(availableParallelism());
});

test('a password in a faulty URL is not repeated', () => {
  expect(faultsOf({ DATABASE_URL: 'mysql://root:hunter2@db/x' }).join()).not.toContain('hunter2');
  expect(faultsOf({ REDIS_URL: 'valkey://:hunter2@db' }).join()).not.toContain('hunter2');
});

describe('a password that is not percent-encoded is not repeated, and the fault says what to do', () => {
  const passwords = [
    'hun/ter2',
    'hun?ter2',
    'hun#ter2',
    'h@hun@ter2',
    '12/hunter2',
    '/hunter2',
    '1/hun?ter2',
    'a\nhun/ter2',
  ];

  test.each(passwords)('%j', (password) => {
    const faults = faultsOf({
      DATABASE_URL: `postgres://wl:${password}@db:port/hours`,
      DATABASE_REPLICA_URL: `postgres://wl:${password}@db:port/hours`,
      AUTH_JWKS_URL: `https://wl:${password}@login:port/keys`,
      OTEL_EXPORTER_OTLP_ENDPOINT: `https://wl:${password}@collector:port`,
    });
    expect(faults.map((line) => line.split(' ')[0])).toContain('DATABASE_URL');
    for (const line of faults) expect(line).not.toMatch(/hun|ter2/);
    expect(faults[0]).toMatch(/; percent-encode what is special in the password/);
  });

  test.each(['12/hunter2', '/hunter2', '1/hun?ter2', '1/#hunter2'])(
    '%s, of which a port and a database could be made',
    (password) => {
      const [line, ...more] = faultsOf({
        DATABASE_URL: `postgres://wl:${password}@db/hours`,
        REDIS_URL: 'redis://a',
        AUTH_SECRET: secret,
      });
      expect(more).toEqual([]);
      expect(line).toBe(
        'DATABASE_URL must be postgres://user:password@host:port/database, not "postgres://…@db/hours"; percent-encode what is special in the password, such as / as %2F',
      );
    },
  );

  test('nor one that stands among the options', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db?password=hunter2' }).join()).not.toContain('hunter2');
    expect(faultsOf({ DATABASE_URL: 'postgres:wl:hunter2@db/hours' }).join()).not.toContain('hunter2');
  });
});

describe('a service that others can reach has a secret that somebody chose', () => {
  test('production', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^AUTH_SECRET or AUTH_JWKS_URL/),
    ]);
    expect(faultsOf({ NODE_ENV: 'production', AUTH_SECRET: secret })).toEqual([]);
  });

  test.each(['0.0.0.0', '::', '10.0.0.7', 'learn.example.org', '127.example.org'])('HOST=%s', (HOST) => {
    expect(faultsOf({ HOST })).toHaveLength(1);
    expect(faultsOf({ HOST, AUTH_SECRET: secret })).toEqual([]);
  });

  test.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('not so on HOST=%s', (HOST) => {
    expect(faultsOf({ HOST })).toEqual([]);
  });
});

test('in production an issuer of tokens is named, expected by audience, and reached safely', () => {
  const production = { NODE_ENV: 'production', AUTH_JWKS_URL: 'http://login.example.org/keys' };
  expect(faultsOf(production).map((line) => line.split(' ')[0])).toEqual([
    'AUTH_JWKS_URL',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
  ]);
});

test('a secret and an issuer exclude each other', () => {
  expect(faultsOf({ AUTH_SECRET: secret, AUTH_JWKS_URL: 'https://login.example.org/keys' })).toHaveLength(1);
});

test('the README tells every variable, and no other', () => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
  const [, table = ''] = readme.match(/^## Configure$([\s\S]*?)^## /m) ?? [];
  const rows = [...table.matchAll(/^\| (`.*?) \|/gm)].map(([, names = '']) => names);
  const told = rows.flatMap((names) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(told.sort()).toEqual(Object.keys(variables).sort());
});
