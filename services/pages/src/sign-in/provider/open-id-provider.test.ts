import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOpenIdProvider } from './open-id-provider.ts';
import type { Beginning } from './provider.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function idToken(claims: object, key = privateKey, alg = 'ES256'): string {
  const content = `${encoded({ alg, kid: 'k', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

/** A provider that does as the test wishes, rightly or wrongly. */
const wish = {
  metadata: {} as object,
  claims: {} as object,
  token: idToken,
  answer: null as { status: number; body: object } | null,
  /** Of the last request for tokens. */
  asked: { body: new URLSearchParams(), authorization: undefined as string | undefined },
};
let server: Server;
let issuer: string;
let troubles: string[];

beforeEach(async () => {
  Object.assign(wish, { metadata: {}, claims: {}, token: idToken, answer: null });
  troubles = [];
  server = createServer((request, answer) => void respond(request, answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function respond(request: IncomingMessage, answer: ServerResponse) {
  const send = (body: object, status = 200) =>
    answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  let text = '';
  for await (const part of request) text += part;
  if (request.url === '/.well-known/openid-configuration') {
    return send({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
      ...wish.metadata,
    });
  }
  if (request.url === '/keys') {
    return send({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] });
  }
  if (request.url === '/me') return send({ sub: 'p-1', name: '李明', roles: ['learner'], hd: 'user info' });
  wish.asked = { body: new URLSearchParams(text), authorization: request.headers.authorization };
  if (wish.answer !== null) return send(wish.answer.body, wish.answer.status);
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    aud: 'hours',
    sub: 'p-1',
    iat: now,
    exp: now + 60,
    nonce: begun.secrets.nonce,
  };
  const id_token = wish.token({ ...claims, ...wish.claims });
  return send({ access_token: 'a', token_type: 'Bearer', id_token });
}

let begun: Beginning;
const providerAt = (address: string, clientSecret: string | null = 'a:word') =>
  createOpenIdProvider({
    issuer: address,
    clientId: 'hours',
    clientSecret,
    scopes: 'openid profile',
    redirectUri: 'https://hours.example.org/sign-in/callback',
    afterSignOut: 'https://hours.example.org/signed-out',
    onTrouble: (reason) => troubles.push(reason),
  });

async function signIn(answer: Record<string, string> = {}, provider = providerAt(issuer)) {
  begun = await provider.begin('zh-CN');
  const { state } = begun.secrets;
  return provider.finish(new URLSearchParams({ code: 'c-1', state, iss: issuer, ...answer }), begun.secrets);
}
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'nothing',
    (error: { reason?: string }) => error.reason,
  );

test('asks for a code with PKCE (S256), state and nonce, each random', async () => {
  const provider = providerAt(issuer);
  const [first, second] = [await provider.begin('zh-CN'), await provider.begin('en')];
  const { searchParams: asked, origin, pathname } = first.goTo;
  expect(origin + pathname).toBe(`${issuer}/authorize`);
  expect(Object.fromEntries(asked)).toEqual({
    client_id: 'hours',
    response_type: 'code',
    redirect_uri: 'https://hours.example.org/sign-in/callback',
    scope: 'openid profile',
    state: first.secrets.state,
    nonce: first.secrets.nonce,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    ui_locales: 'zh-CN zh',
  });
  expect(second.goTo.searchParams.get('ui_locales')).toBe('en');
  expect(new Set([...Object.values(first.secrets), ...Object.values(second.secrets)]).size).toBe(6);
});

test('what is signed goes before what is not, and both together say who it is', async () => {
  wish.claims = { hd: 'signed' };
  const { claims, hint } = await signIn();
  expect(claims).toMatchObject({ sub: 'p-1', name: '李明', roles: ['learner'], hd: 'signed' });
  expect(hint.split('.')).toHaveLength(3);
  expect(wish.asked.body.get('code_verifier')).toBe(begun.secrets.verifier);
  expect(wish.asked.body.get('redirect_uri')).toBe('https://hours.example.org/sign-in/callback');
  expect(troubles).toEqual([]);
});

describe('the client’s secret', () => {
  test('goes in the head', async () => {
    await signIn();
    expect(wish.asked.authorization).toBe(`Basic ${Buffer.from('hours:a%3Aword').toString('base64')}`);
    expect(wish.asked.body.has('client_secret')).toBe(false);
  });

  test('goes in the body where the provider reads it there alone', async () => {
    wish.metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
    await signIn();
    expect(wish.asked.body.get('client_secret')).toBe('a:word');
  });

  test('a public client has none', async () => {
    await signIn({}, providerAt(issuer, null));
    expect(wish.asked.authorization).toBeUndefined();
    expect(Object.fromEntries(wish.asked.body)).toMatchObject({ client_id: 'hours', code: 'c-1' });
    expect(wish.asked.body.has('client_secret')).toBe(false);
  });
});

describe('what is not believed', () => {
  test.each([
    ['mixed-up issuer: an answer from another provider', { iss: 'https://evil.example' }],
    ['mixed-up issuer: one that hides where it is from', { iss: '' }],
    ['a state that is not ours', { state: 'x'.repeat(43) }],
  ])('%s', async (_, answer) => {
    expect(await reasonOf(signIn(answer))).toBe('distrusted');
    expect(troubles).toHaveLength(1);
  });

  test.each([
    ['a nonce of another sign-in', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['a token for another client', { aud: 'another' }],
    ['a token of another issuer', { iss: 'https://evil.example' }],
    ['a token that is over', { exp: 1 }],
    ['user info of somebody else', { sub: 'p-2' }],
  ])('%s', async (_, claims) => {
    wish.claims = claims;
    expect(await reasonOf(signIn())).toBe('distrusted');
  });

  test.each([
    ['a token signed by another key', (claims: object) => idToken(claims, otherKey)],
    ['a token that nobody signed', (claims: object) => `${encoded({ alg: 'none' })}.${encoded(claims)}.`],
    ['no token', () => undefined as unknown as string],
  ])('%s', async (_, token) => {
    wish.token = token;
    expect(await reasonOf(signIn())).toBe('distrusted');
  });

  test('an address that stands for many issuers, each of which could name admins', async () => {
    wish.metadata = { issuer: 'https://login.example.org/{tenant}' };
    expect(await reasonOf(signIn())).toBe('unavailable');
    expect(troubles.join()).toContain('the OpenID provider cannot be used');
  });
});

describe('what the provider answers instead', () => {
  test.each([
    ['access_denied', 'denied', 0],
    ['login_required', 'interrupted', 0],
    ['consent_required', 'interrupted', 0],
    ['temporarily_unavailable', 'unavailable', 1],
    ['invalid_scope', 'misconfigured', 1],
  ])('%s is %s', async (error, reason, lines) => {
    const provider = providerAt(issuer);
    begun = await provider.begin('en');
    const answer = { error, error_description: 'of 李明', state: begun.secrets.state, iss: issuer };
    expect(await reasonOf(provider.finish(new URLSearchParams(answer), begun.secrets))).toBe(reason);
    expect(troubles).toHaveLength(lines);
    expect(troubles.join()).not.toContain('李明');
  });

  test.each([
    [400, { error: 'invalid_grant' }, 'expired'],
    [401, { error: 'invalid_client' }, 'misconfigured'],
    [500, { oops: true }, 'unavailable'],
  ])('%i %j is %s', async (status, body, reason) => {
    wish.answer = { status, body };
    expect(await reasonOf(signIn())).toBe(reason);
  });
});

test('one that is away heals by itself', async () => {
  const { port } = server.address() as AddressInfo;
  server.close();
  const provider = providerAt(issuer);
  expect(await provider.reachable()).toBe(false);
  expect(await reasonOf(provider.begin('en'))).toBe('unavailable');
  expect(troubles).toEqual([expect.stringMatching(/cannot be used: .*ECONNREFUSED/)]);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  await expect.poll(() => provider.reachable(), { timeout: 5_000, interval: 200 }).toBe(true);
});

describe('signing out', () => {
  test('names who it is, and where to come back', async () => {
    const url = await providerAt(issuer).end('h.p.s', 'en');
    expect(`${url?.origin}${url?.pathname}`).toBe(`${issuer}/logout`);
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      client_id: 'hours',
      id_token_hint: 'h.p.s',
      post_logout_redirect_uri: 'https://hours.example.org/signed-out',
      ui_locales: 'en',
    });
  });

  test('is not offered by all, nor at all times', async () => {
    wish.metadata = { end_session_endpoint: undefined };
    expect(await providerAt(issuer).end('h.p.s', 'en')).toBeNull();
    expect(await providerAt('http://127.0.0.1:1').end('h.p.s', 'en')).toBeNull();
  });
});
