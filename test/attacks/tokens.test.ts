import type { Credits, OpenedSession } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { api } from '../harness/index.ts';
import { pageOf, type Site, startSite, type Viewing } from '../viewing/site.ts';
import {
  type IdentityProvider,
  newKey,
  sealedWith,
  signedBy,
  startIdentityProvider,
  unsigned,
} from './identity-provider.ts';

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const hourMs = 3_600_000;

/** Everything that a token could be misused for, tried on a session of the victim. */
async function everyCall(url: string, token: string, { session }: Viewing): Promise<number[]> {
  const caller = api(url, token);
  const path = `/v1/sessions/${session.sessionId}`;
  const answers = await Promise.all([
    caller.post('/v1/sessions', { coursewareId: 'film', takeOver: true }),
    caller.post(`${path}/heartbeats`, { watchedMs: hourMs, state: 'playing', position: 1 }),
    caller.post(`${path}/end`, { watchedMs: hourMs }),
    caller.get('/v1/sessions/current'),
    caller.get('/v1/learners/victim/credits'),
    caller.get('/v1/credits'),
    caller.put('/v1/courseware/film', { title: 'Mine', kind: 'video', limitSeconds: 360_000 }),
  ]);
  for (const { status, body } of answers) {
    expect(body).toMatchObject({ status });
    expect(JSON.stringify(body)).not.toMatch(/The film|watchedSeconds|endToken/);
  }
  return answers.map(({ status }) => status);
}

const refusedEverywhere = Array.from({ length: 7 }, () => 401);

describe('tokens sealed with the service’s secret', { concurrent: true }, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    await site.put('film', 7_200);
    await site.put('slides', 7_200);
  });

  test('T10: another learner’s session id gains nothing for either, and does not end it', async () => {
    const victim = await site.page('victim').watch('film');
    await victim.play(400);
    const mallory = site.page('mallory');
    const own = await mallory.watch('film');
    const path = `/v1/sessions/${victim.session.sessionId}`;
    const anonymous = api(site.service.url, null);
    const byText = { 'Content-Type': 'text/plain' };

    const attempts = await Promise.all([
      mallory.caller.post(`${path}/heartbeats`, { watchedMs: hourMs, state: 'playing', position: 1 }),
      mallory.caller.post(`${path}/end`, { watchedMs: hourMs }),
      anonymous.post(`${path}/end`, { endToken: own.session.endToken, watchedMs: hourMs }, byText),
      anonymous.post(`${path}/end`, { endToken: 'guess', watchedMs: hourMs }, byText),
    ]);
    expect(attempts.map(({ status, body }) => [status, body.code])).toEqual(
      attempts.map(() => [404, 'session-not-found']),
    );
    expect((await mallory.caller.get('/v1/learners/victim/credits')).status).toBe(403);
    expect((await mallory.caller.get('/v1/learners/victim/sessions')).status).toBe(403);
    expect((await anonymous.post(`${path}/heartbeats`, { watchedMs: 1, state: 'playing' })).status).toBe(401);

    expect((await victim.play(600)).watchedMs).toBe(1_000);
    expect((await own.end()).body.watchedMs).toBe(0);
    expect((await site.creditsOf('victim')).online.creditedSeconds).toBe(1);
    expect((await site.creditsOf('mallory')).online.watchedSeconds).toBe(0);

    // A token that expires while it is in use, and tokens of nobody's making, on the same session.
    const claims = { sub: 'victim', scope: 'admin', exp: inSeconds(1_000) };
    const { secret, url } = site.service;
    const forged = {
      'alg none': `${unsigned({ alg: 'none', typ: 'JWT' }, claims)}.`,
      'alg None': `${unsigned({ alg: 'None' }, claims)}.`,
      'no alg': `${unsigned({}, claims)}.`,
      'another secret': sealedWith('guess', claims),
      'an empty secret': sealedWith('', claims),
      'the right secret under another algorithm': sealedWith(secret, claims, { alg: 'HS512' }),
      'the right secret under alg none': sealedWith(secret, claims, { alg: 'none' }),
      'critical extensions': sealedWith(secret, claims, { crit: ['b64'], b64: false }),
      'no expiry': sealedWith(secret, { sub: 'victim', scope: 'admin' }),
      'an expiry that is text': sealedWith(secret, { ...claims, exp: '9999999999' }),
      expired: sealedWith(secret, { ...claims, exp: inSeconds(-1) }),
      'not valid yet': sealedWith(secret, { ...claims, nbf: inSeconds(60) }),
      'another subject under the seal': swapped(sealedWith(secret, { ...claims, sub: 'mallory' }), claims),
    };
    for (const [name, token] of Object.entries(forged)) {
      expect([name, await everyCall(url, token, victim)]).toEqual([name, refusedEverywhere]);
    }
    expect((await site.creditsOf('victim')).online.watchedSeconds).toBe(1);
  });

  test('T10: a token stolen for later gains nothing once it has expired, even in mid-session', async () => {
    const exp = inSeconds(3);
    const viewing = await site.page('robbed', { exp }).watch('film');
    expect((await viewing.play(1_000)).watchedMs).toBe(1_000);
    while (Date.now() < exp * 1_000) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const answer of [await viewing.beat(hourMs), await viewing.end(hourMs)]) {
      expect([answer.status, answer.body]).toMatchObject([401, { code: 'unauthenticated' }]);
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    }
    expect((await site.creditsOf('robbed')).online.watchedSeconds).toBe(1);
  });

  /** The learner watches a film; the token of another courseware's page is stolen. */
  async function withStolenPage(learner: string) {
    const film = await site.page(learner).watch('film', { clientId: 'tab-1' });
    await film.play(1_000);
    return { film, stolen: site.page(learner, { courseware: ['slides'] }) };
  }

  test('T10: a token for other courseware neither opens, nor reports, nor ends', async () => {
    const { film, stolen } = await withStolenPage('bound');
    const path = `/v1/sessions/${film.session.sessionId}`;
    const attempts = [
      await stolen.open('film'),
      await stolen.open('film', { clientId: 'tab-1', takeOver: true }),
      await stolen.caller.post(`${path}/heartbeats`, { watchedMs: hourMs, state: 'playing', position: 1 }),
      await stolen.caller.post(`${path}/end`, { watchedMs: hourMs }),
    ];
    expect(attempts.map(({ status, body }) => [status, 'code' in body && body.code])).toEqual(
      attempts.map(() => [403, 'forbidden']),
    );
    expect((await film.play(100)).watchedMs).toBe(1_100);
    expect((await site.creditsOf('bound')).online.creditedSeconds).toBe(1);
  });

  test('T21: a courseware page’s token declares nothing, reads nobody else, and learns of no other courseware', async () => {
    const { film, stolen } = await withStolenPage('embedded');
    const { caller } = site.page('embedded', { courseware: ['slides'], scope: 'watch credits:read admin' });
    const forbidden = await Promise.all([
      caller.get('/v1/learners/another/credits'),
      caller.get('/v1/learners/another/sessions'),
      caller.get('/v1/learners/embedded/sessions'),
      caller.get('/v1/credits'),
      caller.get('/v1/courseware'),
      caller.get('/v1/courseware/film'),
      caller.get('/v1/courseware/slides/changes'),
      caller.put('/v1/courseware/slides', { title: 'Mine', kind: 'video', limitSeconds: 360_000 }),
      caller.patch('/v1/courseware/slides', { limitSeconds: 360_000 }),
      caller.delete('/v1/courseware/film'),
      caller.post('/v1/courseware/import', undefined, { 'Content-Type': 'text/csv' }),
    ]);
    expect(forbidden.map(({ status, body }) => [status, body.code])).toEqual(
      forbidden.map(() => [403, 'forbidden']),
    );
    const declared = await caller.post('/v1/activities', {
      category: 'self-study',
      title: 'Reading',
      from: '2026-03-01',
      to: '2026-03-01',
      seconds: 36_000,
    });
    expect([403, 404]).toContain(declared.status);

    const refused = await stolen.open('slides');
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'parallel-viewing' }]);
    const current = await stolen.caller.get('/v1/sessions/current');
    expect([current.status, current.body.code]).toEqual([404, 'no-active-session']);
    const own = await stolen.caller.get<Credits>('/v1/learners/embedded/credits');
    expect([own.status, own.body.courseware]).toEqual([200, []]);
    for (const answer of [refused, current, own, ...forbidden]) {
      expect(JSON.stringify(answer.body)).not.toMatch(/"film"|The film/);
    }

    await film.end();
    const slides = await stolen.caller.post<OpenedSession>('/v1/sessions', { coursewareId: 'slides' });
    expect(slides.status).toBe(201);
    const { body } = await site.admin.get('/v1/courseware/slides');
    expect(body).toMatchObject({ title: 'The slides', limitSeconds: 7_200 });
    expect((await site.creditsOf('embedded')).total).toMatchObject({ seconds: 1, creditedSeconds: 1 });
  });
});

/** A site that trusts an identity provider, and a victim who watches with a token of it. */
async function startTrusting({ jwksUrl, issuer, audience, keys }: IdentityProvider) {
  const site = await startSite({
    // A blank secret counts as unset.
    env: { AUTH_SECRET: ' ', AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience },
  });
  const { url } = site.service;
  const standard = { iss: issuer, aud: audience, exp: inSeconds(1_000) };
  const as = (sub: string, scope: string) =>
    pageOf(sub, api(url, signedBy(keys.RS256, { ...standard, sub, scope })));
  const film = { title: 'The film', kind: 'video', limitSeconds: 7_200 };
  expect((await as('admin', 'admin').caller.put('/v1/courseware/film', film)).status).toBe(201);
  return { url, standard, as };
}

test('T10: with an identity provider, alg none, the public key as a secret and foreign keys gain nothing', async () => {
  const provider = await startIdentityProvider();
  const { issuer, audience, keys } = provider;
  const { url, standard, as } = await startTrusting(provider);
  const victim = await as('victim', 'watch').watch('film');
  await victim.play(1_000);

  const claims = { ...standard, sub: 'victim', scope: 'admin' };
  const { RS256, ES256 } = keys;
  const stranger = newKey('RS256', RS256.kid);
  const strangersJwk = { ...stranger.publicKey.export({ format: 'jwk' }), kid: 'stranger', alg: 'RS256' };
  const pem = RS256.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const jwk = RS256.publicKey.export({ format: 'jwk' });
  const forged = {
    'alg none': `${unsigned({ alg: 'none', kid: RS256.kid }, claims)}.`,
    'the public key as HMAC secret (PEM)': sealedWith(pem, claims, { kid: RS256.kid }),
    'the public key as HMAC secret (PEM, trimmed)': sealedWith(pem.trim(), claims, { kid: RS256.kid }),
    'the public key as HMAC secret (DER)': sealedWith(
      RS256.publicKey.export({ format: 'der', type: 'spki' }),
      claims,
      { kid: RS256.kid },
    ),
    'the public key as HMAC secret (JWK)': sealedWith(JSON.stringify(jwk), claims, { kid: RS256.kid }),
    'the public modulus as HMAC secret': sealedWith(Buffer.from(jwk.n ?? '', 'base64url'), claims, {
      kid: RS256.kid,
    }),
    'the elliptic public key as HMAC secret': sealedWith(
      ES256.publicKey.export({ format: 'pem', type: 'spki' }),
      claims,
      { kid: ES256.kid },
    ),
    'an HMAC that says it is RS256': sealedWith(pem, claims, { alg: 'RS256', kid: RS256.kid }),
    'an elliptic signature of zeros': `${unsigned({ alg: 'ES256', kid: ES256.kid }, claims)}.${Buffer.alloc(64).toString('base64url')}`,
    'the elliptic key named as RSA': signedBy(ES256, claims, { alg: 'RS256' }),
    'a stranger’s key under a known name': signedBy(stranger, claims),
    'a stranger’s key, embedded': signedBy(stranger, claims, { kid: 'stranger', jwk: strangersJwk }),
    'a stranger’s key, linked': signedBy(stranger, claims, { kid: 'stranger', jku: `${issuer}/evil` }),
    'another issuer': signedBy(RS256, { ...claims, iss: 'https://evil.example' }),
    'no issuer': signedBy(RS256, { ...claims, iss: undefined }),
    'another audience': signedBy(RS256, { ...claims, aud: 'another-service' }),
    'no audience': signedBy(RS256, { ...claims, aud: undefined }),
    expired: signedBy(ES256, { ...claims, exp: inSeconds(-1) }),
    'another subject under the signature': swapped(signedBy(ES256, { ...claims, sub: 'mallory' }), claims),
  };
  for (const [name, token] of Object.entries(forged)) {
    expect([name, await everyCall(url, token, victim)]).toEqual([name, refusedEverywhere]);
  }

  expect((await victim.play(1_000)).watchedMs).toBe(2_000);
  const office = signedBy(ES256, {
    ...standard,
    aud: [audience, 'another'],
    sub: 'lms',
    scope: 'credits:read',
  });
  const { body } = await api(url, office).get<Credits>('/v1/learners/victim/credits');
  expect(body.online).toMatchObject({ watchedSeconds: 2, creditedSeconds: 2 });
});

/** A token's seal under other claims. */
function swapped(token: string, claims: object): string {
  const [head = '', , seal = ''] = token.split('.');
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), seal].join('.');
}
