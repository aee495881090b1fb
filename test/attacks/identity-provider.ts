import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

type Algorithm = 'RS256' | 'ES256';

export interface Key {
  readonly algorithm: Algorithm;
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface IdentityProvider {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly keys: Readonly<Record<Algorithm, Key>>;
}

/** An identity provider that publishes an RSA and an elliptic key, as a host site's would; gone after the test. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const keys = { RS256: newKey('RS256', 'rsa-1'), ES256: newKey('ES256', 'ec-1') };
  const published = Object.values(keys).map(({ publicKey, kid, algorithm }) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    alg: algorithm,
    use: 'sig',
  }));
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const issuer = `http://127.0.0.1:${port}`;
  return { jwksUrl: `${issuer}/jwks`, issuer, audience: 'watchledger', keys };
}

export function newKey(algorithm: Algorithm, kid: string): Key {
  const pair =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { algorithm, kid, ...pair };
}

/** Signs as an identity provider does; the header may be tampered with before. */
export function signedBy(key: Key, claims: object, header: object = {}): string {
  const content = unsigned({ alg: key.algorithm, kid: key.kid, typ: 'JWT', ...header }, claims);
  const signature = sign('sha256', Buffer.from(content), {
    key: key.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${content}.${signature.toString('base64url')}`;
}

/** Seals with a text as the secret, whatever the header says. */
export function sealedWith(secret: string | Buffer, claims: object, header: object = {}): string {
  const content = unsigned({ alg: 'HS256', typ: 'JWT', ...header }, claims);
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** Header and claims, without a signature. */
export function unsigned(header: object, claims: object): string {
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
