import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now, secret, tokenWith } from '../api.fixture.ts';
import { createTokenVerifier } from './token-verifier.ts';

const verifier = () => createTokenVerifier({ secret }, () => now);
const refusal = async (verifying: unknown) => {
  try {
    await verifying;
  } catch (error) {
    return error;
  }
  return 'admitted';
};
const refused = expect.objectContaining({ code: 'unauthenticated' });
const verifyWith = async (verify: (token: string) => unknown, token: string) =>
  refusal((async () => verify(token))());

describe('a token signed with the shared secret', () => {
  it('says who calls, what they may do and which courseware it serves', async () => {
    const token = await tokenWith({ scope: 'watch nonsense', courseware: ['cw-1'], org: 'east' });
    expect(await verifier()(token)).toEqual({
      subject: 'u-17',
      learnerId: 'u-17',
      scopes: new Set(['watch']),
      courseware: new Set(['cw-1']),
      organisation: 'east',
    });
  });

  it('may prefix its scopes, and admin implies all', async () => {
    expect((await verifier()(await tokenWith({ scope: 'watchledger:credits:read' }))).scopes).toEqual(
      new Set(['credits:read']),
    );
    expect((await verifier()(await tokenWith({ scope: 'watchledger:admin' }))).scopes).toContain(
      'courseware:write',
    );
  });

  it('names no learner where its subject cannot be one', async () => {
    expect((await verifier()(await tokenWith({ sub: 'Back office' }))).learnerId).toBeNull();
  });

  it('is answered from memory the second time', async () => {
    const verify = verifier();
    const token = await tokenWith({ scope: 'watch' });
    expect(verify(token)).toBeInstanceOf(Promise);
    await verify(token);
    expect(verify(token)).not.toBeInstanceOf(Promise);
  });

  it('admits a clock of the issuer that is five seconds ahead, and no more', async () => {
    expect(await refusal(verifier()(await tokenWith({ nbf: now / 1000 + 5 })))).toBe('admitted');
    expect(await refusal(verifier()(await tokenWith({ nbf: now / 1000 + 6 })))).toEqual(refused);
  });
});

describe('T10: a forged or stolen token', () => {
  it('is refused once it has expired, to the second', async () => {
    expect(await refusal(verifier()(await tokenWith({ exp: now / 1000 })))).toEqual(refused);
    expect(await refusal(verifier()(await tokenWith({ exp: now / 1000 + 1 })))).toBe('admitted');
  });

  it('is refused once it has expired although it was seen before', async () => {
    let clock = now;
    const verify = createTokenVerifier({ secret }, () => clock);
    const token = await tokenWith({ exp: now / 1000 + 60 });
    await verify(token);
    clock += 59_999;
    expect(await verifyWith(verify, token)).toBe('admitted');
    clock += 1;
    expect(await verifyWith(verify, token)).toEqual(refused);
  });

  it.each<[string, Record<string, unknown>]>([
    ['without an expiry', { exp: undefined }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['with a NUL in its subject', { sub: 'ann\u0000' }],
    ['with a line break in its subject', { sub: 'ann\nbob' }],
    ['whose subject is no text that can be encoded', { sub: 'ann\ud800' }],
    ['with a control character in its organisation', { org: 'east\u0007' }],
    ['whose courseware is not a list', { courseware: 'cw-1' }],
    ['whose courseware is not all ids', { courseware: ['cw-1', 7] }],
    ['whose scope is not text', { scope: ['admin'] }],
  ])('is refused %s', async (_, claims) => {
    expect(await refusal(verifier()(await tokenWith(claims)))).toEqual(refused);
  });

  it('is refused when signed with another secret', async () => {
    expect(await refusal(verifier()(await tokenWith({}, 'another secret of sufficient length')))).toEqual(
      refused,
    );
  });

  it('is refused with alg none', async () => {
    const unsecured = new UnsecuredJWT({ sub: 'u-17', scope: 'admin', exp: now / 1000 + 60 }).encode();
    expect(await refusal(verifier()(unsecured))).toEqual(refused);
    const claims = unsecured.split('.')[1];
    const header = Buffer.from('{"alg":"None"}').toString('base64url');
    expect(await refusal(verifier()(`${header}.${claims}.`))).toEqual(refused);
  });

  it('is refused with a longer HMAC than the configured one', async () => {
    const token = await new SignJWT({ sub: 'u-17', exp: now / 1000 + 60 })
      .setProtectedHeader({ alg: 'HS512' })
      .sign(new TextEncoder().encode(secret.padEnd(64)));
    expect(await refusal(verifier()(token))).toEqual(refused);
  });

  it('is refused with a critical extension, even one that the library knows', async () => {
    const token = await new SignJWT({ sub: 'u-17', exp: now / 1000 + 60 })
      .setProtectedHeader({ alg: 'HS256', b64: true, crit: ['b64'] })
      .sign(new TextEncoder().encode(secret));
    expect(await refusal(verifier()(token))).toEqual(refused);
  });

  it.each(['', 'abc', 'a.b.c', '..', `${'a'.repeat(9000)}.b.c`])(
    'is refused when it is no JWT',
    async (token) => {
      expect(await verifyWith(verifier(), token)).toEqual(refused);
    },
  );

  it('is refused when a claim was changed after signing', async () => {
    const [header, , signature] = (await tokenWith({ scope: 'watch' })).split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'u-17', scope: 'admin', exp: 9e9 })).toString(
      'base64url',
    );
    expect(await refusal(verifier()(`${header}.${claims}.${signature}`))).toEqual(refused);
  });
});

describe('a token of an identity provider', () => {
  const issuer = 'https://id.example.org';
  const audience = 'watchledger';
  let served: JWK[] = [];
  let fetches = 0;
  const provider = createServer((_, response) => {
    fetches += 1;
    response.end(JSON.stringify({ keys: served }));
  });
  let jwksUrl: string;
  const asProvider = () => createTokenVerifier({ jwksUrl, issuer, audience }, () => now);

  beforeAll(async () => {
    await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
    jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => provider.close());

  async function keyOf(alg: 'RS256' | 'ES256' | 'EdDSA') {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const sign = (claims: JWTPayload) =>
      new SignJWT({ sub: 'u-17', exp: now / 1000 + 60, iss: issuer, aud: audience, ...claims })
        .setProtectedHeader({ alg, kid: alg })
        .sign(privateKey);
    return { publicKey, sign, jwk: { ...(await exportJWK(publicKey)), kid: alg, alg } };
  }

  it.each(['RS256', 'ES256', 'EdDSA'] as const)('is verified with %s, its keys fetched once', async (alg) => {
    const { jwk, sign } = await keyOf(alg);
    served = [jwk];
    fetches = 0;
    const verify = asProvider();
    expect((await verify(await sign({}))).subject).toBe('u-17');
    expect((await verify(await sign({ sub: 'u-18' }))).subject).toBe('u-18');
    expect(fetches).toBe(1);
  });

  it('is refused for another issuer or audience', async () => {
    const { jwk, sign } = await keyOf('ES256');
    served = [jwk];
    const verify = asProvider();
    expect(await refusal(verify(await sign({ iss: 'https://evil.example' })))).toEqual(refused);
    expect(await refusal(verify(await sign({ aud: 'another service' })))).toEqual(refused);
  });

  it('T10: is refused when the public key was used as HMAC secret', async () => {
    const { jwk, publicKey } = await keyOf('RS256');
    served = [jwk];
    const token = await new SignJWT({
      sub: 'u-17',
      scope: 'admin',
      exp: now / 1000 + 60,
      iss: issuer,
      aud: audience,
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
      .sign(new TextEncoder().encode(await exportSPKI(publicKey)));
    expect(await refusal(asProvider()(token))).toEqual(refused);
  });

  it('T10: is refused when signed by a key that the provider does not have', async () => {
    served = [(await keyOf('ES256')).jwk];
    expect(await refusal(asProvider()(await (await keyOf('ES256')).sign({})))).toEqual(refused);
    expect(await refusal(asProvider()(await (await keyOf('EdDSA')).sign({})))).toEqual(refused);
  });

  it('T10: is refused when it brings its own key along', async () => {
    served = [(await keyOf('RS256')).jwk];
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const token = await new SignJWT({ sub: 'u-17', exp: now / 1000 + 60, iss: issuer, aud: audience })
      .setProtectedHeader({ alg: 'RS256', kid: 'RS256', jwk: await exportJWK(publicKey) })
      .sign(privateKey);
    expect(await refusal(asProvider()(token))).toEqual(refused);
  });

  it('is no fault of the token while the provider is away', async () => {
    const { sign } = await keyOf('ES256');
    const verify = createTokenVerifier({ jwksUrl: 'http://127.0.0.1:9/keys', issuer, audience }, () => now);
    expect(await refusal(verify(await sign({})))).toMatchObject({ code: 'unavailable' });
  });
});
