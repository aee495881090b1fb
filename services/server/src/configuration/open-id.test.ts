import { describe, expect, test } from 'vitest';
import { StartFault } from '../start-fault.ts';
import { readConfiguration } from './configuration.ts';

const AUTH_SECRET = 'a secret of at least thirty-two bytes';
const provider = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'hours' };
const production = { NODE_ENV: 'production', AUTH_SECRET, PUBLIC_URL: 'https://hours.example.org' };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof StartFault) return error.lines;
    throw error;
  }
  return [];
}

test('two variables are enough to try it on this machine', () => {
  const { openId } = readConfiguration(provider);
  expect(openId).toMatchObject({
    issuer: 'https://login.example.org',
    clientId: 'hours',
    clientSecret: null,
    scopes: 'openid profile',
    reading: { subject: 'sub', roles: 'roles', org: 'org' },
  });
  expect(Object.fromEntries(openId?.reading.scopesOf ?? [])).toEqual({
    learner: ['watch'],
    reviewer: ['review', 'credits:read'],
    leader: ['credits:read'],
    admin: ['admin'],
  });
});

describe('one line tells what is missing', () => {
  const { PUBLIC_URL, ...unreached } = production;
  const { OIDC_CLIENT_ID, ...nameless } = provider;
  test.each([
    ['the client’s id', nameless, 'OIDC_CLIENT_ID'],
    ['the issuer', { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: 'word' }, 'OIDC_CLIENT_ID'],
    ['the address that people reach, in production', { ...unreached, ...provider }, 'PUBLIC_URL'],
    ['the same, where others reach it', { HOST: '0.0.0.0', AUTH_SECRET, ...provider }, 'PUBLIC_URL'],
    [
      'the same, with workers',
      { WORKERS: '2', REDIS_URL: 'redis://127.0.0.1', AUTH_SECRET, ...provider },
      'PUBLIC_URL',
    ],
    [
      'a secret that all processes know',
      { AUTH_JWKS_URL: 'https://login.example.org/keys', ...provider },
      'COOKIE_SECRET',
    ],
    [
      'safety on the way to the provider',
      { ...production, ...provider, OIDC_ISSUER: 'http://login' },
      'OIDC_ISSUER',
    ],
    ['safety on the way to us', { ...production, ...provider, PUBLIC_URL: 'http://hours' }, 'PUBLIC_URL'],
  ])('%s', (_, environment, variable) => {
    expect(faultsOf(environment).map((line) => line.split(' ')[0])).toEqual([variable]);
  });
});

test.each([
  'login.example.org',
  'ldap://login.example.org',
  'https://login.example.org/.well-known/openid-configuration',
  'https://login.example.org/?tenant=1',
  'https://me:hunter2@login.example.org',
])('%s names no issuer', (OIDC_ISSUER) => {
  const faults = faultsOf({ ...provider, OIDC_ISSUER });
  expect(faults).toEqual([expect.stringMatching(/^OIDC_ISSUER must be/)]);
  expect(faults.join()).not.toContain('hunter2');
});

test('on this machine neither way needs to be safe, in production either', () => {
  const here = { ...provider, OIDC_ISSUER: 'http://127.0.0.1:9000', PUBLIC_URL: 'http://localhost:8787' };
  expect(faultsOf({ ...production, ...here })).toEqual([]);
});

test('a client secret is never repeated in a fault', () => {
  const faults = faultsOf({ OIDC_CLIENT_SECRET: 'hunter2', OIDC_SCOPES: 'x', OIDC_ROLES: 'y' });
  expect(faults.join()).not.toContain('hunter2');
});
