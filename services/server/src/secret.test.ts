import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Configuration, readConfiguration } from './configuration/configuration.ts';
import { signInSecret, signingInForce } from './secret.ts';
import { StartFault } from './start-fault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchledger-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const secretInForce = (configuration: Configuration) => {
  const signing = signingInForce(configuration);
  return signing.by === 'secret' ? signing.secret : null;
};
const withDatabase = (file: string) => readConfiguration({ DATABASE_URL: `file:${join(folder, file)}` });

test('a made secret is long, kept for its owner alone, and the same at every start', () => {
  const configuration = withDatabase('data/ledger.db');
  const secret = secretInForce(configuration);
  expect(Buffer.byteLength(secret ?? '')).toBeGreaterThanOrEqual(32);
  expect(secretInForce(configuration)).toBe(secret);
  expect(readdirSync(join(folder, 'data'))).toEqual(['ledger.db.secret']);
  expect(statSync(join(folder, 'data/ledger.db.secret')).mode & 0o777).toBe(0o600);
});

test('two databases have two secrets', () => {
  expect(secretInForce(withDatabase('a.db'))).not.toBe(secretInForce(withDatabase('b.db')));
});

test('a configured secret is used and nothing is written', () => {
  const AUTH_SECRET = 'a secret of at least thirty-two bytes';
  expect(secretInForce(readConfiguration({ AUTH_SECRET, DATABASE_URL: `file:${folder}/a.db` }))).toBe(
    AUTH_SECRET,
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('where an issuer signs there is no secret', () => {
  const jwksUrl = 'https://login.example.org/keys';
  expect(signingInForce(readConfiguration({ AUTH_JWKS_URL: jwksUrl }))).toEqual({ by: 'issuer', jwksUrl });
});

test('a damaged or unwritable secret stops the start', () => {
  writeFileSync(join(folder, 'a.db.secret'), 'cut off');
  expect(() => secretInForce(withDatabase('a.db'))).toThrow(StartFault);
  writeFileSync(join(folder, 'file'), '');
  expect(() => secretInForce(withDatabase('file/a.db'))).toThrow(StartFault);
});

test('sign-ins are vouched for by the secret of tokens, or by one of their own', () => {
  const AUTH_SECRET = 'a secret of at least thirty-two bytes';
  const COOKIE_SECRET = 'another one of at least thirty-two bytes';
  const secretOf = (environment: Record<string, string>) => {
    const configuration = readConfiguration(environment);
    return signInSecret(configuration, signingInForce(configuration));
  };
  expect(secretOf({ AUTH_SECRET })).toBe(AUTH_SECRET);
  expect(secretOf({ AUTH_SECRET, COOKIE_SECRET })).toBe(COOKIE_SECRET);
  const AUTH_JWKS_URL = 'https://login.example.org/keys';
  expect(secretOf({ AUTH_JWKS_URL, COOKIE_SECRET })).toBe(COOKIE_SECRET);
  expect(secretOf({ AUTH_JWKS_URL })).not.toEqual(secretOf({ AUTH_JWKS_URL }));
});
