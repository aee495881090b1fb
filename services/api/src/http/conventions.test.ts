import { Problem } from '@watchledger/contract';
import { describe, expect, it } from 'vitest';
import { apiOver, bearer, origin, problemOf, refusing, sessionId } from '../api.fixture.ts';

const heartbeats = `/v1/sessions/${sessionId}/heartbeats`;
const json = { 'content-type': 'application/json' };

describe('an unknown path or another method', () => {
  it('is a problem that says so', async () => {
    const { send } = apiOver();
    expect(await problemOf(await send('GET', '/nowhere'))).toMatchObject({ status: 404, code: 'not-found' });
    const answer = await send('PUT', heartbeats);
    expect(await problemOf(answer)).toMatchObject({
      status: 405,
      code: 'method-not-allowed',
      allowed: ['POST'],
    });
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await send('POST', '/v1/courseware/cw-1')).headers.get('allow')).toBe('GET, PUT, PATCH, DELETE');
  });
});

describe('a body', () => {
  const post = async (headers: Record<string, string>, body: RequestInit['body']) =>
    apiOver().app.request(heartbeats, {
      method: 'POST',
      headers: { ...(await bearer({ scope: 'watch' })), ...headers },
      ...(body !== undefined && { body }),
      duplex: 'half',
    } as RequestInit);

  it.each(['{', 'undefined', '{"watchedMs":NaN,"state":"playing"}', "{'a':1}", '[1,]'])(
    'that is not JSON is refused: %s',
    async (body) => {
      expect(await problemOf(await post(json, body))).toMatchObject({ status: 400, code: 'malformed-json' });
    },
  );

  it('that is missing is asked for', async () => {
    const { errors } = await problemOf(await post(json, ''));
    expect(errors).toEqual([{ path: '', message: 'is required' }]);
  });

  it('that is not UTF-8 is refused', async () => {
    expect((await problemOf(await post(json, new Uint8Array([0x22, 0xff, 0x22])))).code).toBe(
      'malformed-text',
    );
  });

  it('of another type, or of none, is refused', async () => {
    expect(await problemOf(await post({ 'content-type': 'text/xml' }, '<a/>'))).toMatchObject({
      status: 415,
      accepted: ['application/json'],
    });
    expect((await post({}, new Uint8Array([0x7b, 0x7d]))).status).toBe(415);
    expect((await post({ 'content-type': 'application/json; charset=klingon' }, '{}')).status).toBe(415);
  });

  it('that says it is too large is refused, whatever comes', async () => {
    const answer = await post({ ...json, 'content-length': '1000000' }, '{}');
    expect(await problemOf(answer)).toMatchObject({ status: 413, limitBytes: 16_384 });
    expect((await post({ ...json, 'content-length': 'lots' }, '{}')).status).toBe(413);
  });

  it('that comes in chunks is counted; beyond the limit it is dropped, and that not for ever', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    expect((await problemOf(await post(json, endless))).code).toBe('payload-too-large');
    expect(pulled).toBeLessThan(300);
  });

  it('that breaks off is a fault of the client', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('connection lost')),
    });
    expect((await problemOf(await post(json, broken))).code).toBe('malformed-text');
  });
});

describe('an unexpected fault', () => {
  it('is logged, and answered without a word about its cause', async () => {
    const fault = new Error('SQLITE_IOERR at /secret/path');
    const { send, faults } = apiOver({
      viewing: {
        heartbeat: async () => {
          throw fault;
        },
      },
    });
    const answer = await send('POST', heartbeats, {
      headers: { ...(await bearer({ scope: 'watch' })), origin },
      body: { watchedMs: 1, state: 'playing' },
    });
    const text = await answer.clone().text();
    expect(await problemOf(answer)).toMatchObject({ status: 500, code: 'internal-error' });
    expect(text).not.toMatch(/SQLITE|secret| at /);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(faults).toEqual([fault]);
  });
});

describe('a store that is away', () => {
  const heartbeatsWhile = async (problem: Problem) => {
    const api = apiOver({ viewing: { heartbeat: refusing(problem) } });
    const answer = await api.send('POST', heartbeats, {
      headers: await bearer({ scope: 'watch' }),
      body: { watchedMs: 1, state: 'playing' },
    });
    expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable' });
    return api.warnings;
  };

  it('is told to the log with its cause', async () => {
    const cause = new Error('SQLITE_FULL');
    const away = new Problem('unavailable', 'The database does not answer now.', {}, { cause });
    expect(await heartbeatsWhile(away)).toEqual([['The database does not answer now.', cause]]);
  });

  it('is not what a mere "come again" means', async () => {
    const later = new Problem('unavailable', 'Another session is just being opened.');
    expect(await heartbeatsWhile(later)).toEqual([]);
  });
});

describe('another origin', () => {
  const preflight = (from: string, path = heartbeats) =>
    apiOver().send('OPTIONS', path, {
      headers: {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });

  it('that is allowed gets a preflight that the browser may keep', async () => {
    const answer = await preflight(origin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
    const allowed = answer.headers.get('access-control-allow-headers')?.split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['Authorization', 'Idempotency-Key', 'If-Match']));
    expect(answer.headers.get('access-control-max-age')).toBe('7200');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each(['https://evil.example', 'null', `${origin}.evil.example`, origin.toUpperCase(), '*'])(
    'that is not allowed learns nothing: %s',
    async (from) => {
      expect((await preflight(from)).headers.get('access-control-allow-origin')).toBeNull();
      expect((await preflight(from)).headers.get('vary')).toBe('Origin');
    },
  );

  it('is told of unknown paths and missing tokens too', async () => {
    const { send } = apiOver();
    for (const path of ['/nowhere', '/v1/sessions/current']) {
      expect(
        (await send('GET', path, { headers: { origin } })).headers.get('access-control-allow-origin'),
      ).toBe(origin);
    }
  });
});
