import { Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { apiOver, aSession, bearer, origin, problemOf, refusing, sessionId } from '../api.fixture.ts';

const watch = { scope: 'watch' };
const heartbeats = `/v1/sessions/${sessionId}/heartbeats`;
const end = `/v1/sessions/${sessionId}/end`;

describe('POST /v1/sessions', () => {
  it('opens a session and gives the secret that ends it', async () => {
    const openSession = vi.fn(async () => ({ session: aSession, endToken: 'end-me' }));
    const { send } = apiOver({ viewing: { openSession } });
    const answer = await send('POST', '/v1/sessions', {
      headers: await bearer(watch),
      body: { coursewareId: 'cw-1', clientId: 'tab-1', takeOver: true, fromTheFuture: 1 },
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ ...aSession, endToken: 'end-me' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(openSession).toHaveBeenCalledWith({
      learnerId: 'u-17',
      coursewareId: 'cw-1',
      clientId: 'tab-1',
      takeOver: true,
      allowedCourseware: null,
    });
  });

  it('hands the courseware of a bound token on (T21)', async () => {
    const openSession = vi.fn(refusing(new Problem('forbidden', 'Not this courseware.')));
    const { send } = apiOver({ viewing: { openSession } });
    const headers = await bearer({ ...watch, courseware: ['cw-2'] });
    expect((await send('POST', '/v1/sessions', { headers, body: { coursewareId: 'cw-1' } })).status).toBe(
      403,
    );
    expect(openSession).toHaveBeenCalledWith(
      expect.objectContaining({ allowedCourseware: new Set(['cw-2']) }),
    );
  });

  it('says what is open when another courseware is being watched (R3)', async () => {
    const active = { coursewareId: 'cw-9', title: 'Surgery', canTakeOver: false };
    const { send } = apiOver({
      viewing: { openSession: refusing(new Problem('parallel-viewing', 'Surgery is open.', { active })) },
    });
    const answer = await send('POST', '/v1/sessions', {
      headers: await bearer(watch),
      body: { coursewareId: 'cw-1' },
    });
    expect(await problemOf(answer)).toMatchObject({
      status: 409,
      type: '/problems/parallel-viewing',
      active,
    });
  });

  it('names every fault of the message', async () => {
    const { send } = apiOver();
    const answer = await send('POST', '/v1/sessions', {
      headers: await bearer(watch),
      body: { coursewareId: 'mine', clientId: '', takeOver: 'yes' },
    });
    expect((await problemOf(answer)).errors.map(({ path }: { path: string }) => path)).toEqual([
      '/coursewareId',
      '/clientId',
      '/takeOver',
    ]);
  });

  it.each([
    ['no token', null, 401, 'Bearer'],
    [
      'a token that may not watch',
      { scope: 'credits:read' },
      403,
      'Bearer error="insufficient_scope", scope="watch"',
    ],
    ['a subject that is no learner id', { scope: 'watch', sub: 'a b' }, 403, null],
  ])('refuses %s before it reads the message', async (_, claims, status, challenge) => {
    const { send } = apiOver();
    const headers = claims === null ? {} : await bearer(claims);
    const answer = await send('POST', '/v1/sessions', { headers, body: 'not json' });
    expect((await problemOf(answer)).status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toBe(challenge);
  });
});

describe('POST /v1/sessions/{id}/heartbeats', () => {
  const beat = { watchedMs: 61_000, state: 'playing', position: 61.5, rate: 1 };

  it('reports the claim of the token’s learner', async () => {
    const heartbeat = vi.fn(async () => aSession);
    const { send, meters } = apiOver({ viewing: { heartbeat } });
    const answer = await send('POST', heartbeats, { headers: await bearer(watch), body: beat });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual(aSession);
    expect(heartbeat).toHaveBeenCalledWith({
      sessionId,
      learnerId: 'u-17',
      ...beat,
      allowedCourseware: null,
    });
    expect(await meters.registry.metrics()).toContain('watchledger_heartbeats_total{outcome="accepted"} 1');
  });

  it('tells what was played, and is told what is covered', async () => {
    const session = {
      ...aSession,
      courseware: { ...aSession.courseware, coverageSeconds: 61, resumeAt: null },
    };
    const heartbeat = vi.fn(async () => session);
    const { send } = apiOver({ viewing: { heartbeat } });
    const played = [
      [0, 20.25],
      [599, 600],
    ];
    const answer = await send('POST', heartbeats, {
      headers: await bearer(watch),
      body: { ...beat, played },
    });
    expect(await answer.json()).toEqual(session);
    expect(heartbeat).toHaveBeenCalledWith(expect.objectContaining({ played, position: 61.5 }));
  });

  it.each([
    ['watchedMs missing', { state: 'playing' }, '/watchedMs', 'is required'],
    ['watchedMs negative', { ...beat, watchedMs: -1 }, '/watchedMs', 'must not be negative'],
    ['watchedMs broken', { ...beat, watchedMs: 0.5 }, '/watchedMs', 'must be a whole number of milliseconds'],
    ['watchedMs huge', { ...beat, watchedMs: 1e300 }, '/watchedMs', 'must be a whole number of milliseconds'],
    [
      'watchedMs not a number',
      { ...beat, watchedMs: Number.NaN },
      '/watchedMs',
      'must be a whole number of milliseconds',
    ],
    [
      'watchedMs as text',
      { ...beat, watchedMs: '1' },
      '/watchedMs',
      'must be a whole number of milliseconds',
    ],
    ['state missing', { watchedMs: 1 }, '/state', 'is required'],
    [
      'state unknown',
      { ...beat, state: 'asleep' },
      '/state',
      'must be one of playing, paused, buffering, hidden, idle, ended',
    ],
    ['position negative', { ...beat, position: -1 }, '/position', 'must not be negative'],
    [
      'played too much',
      { ...beat, played: Array(101).fill([0, 1]) },
      '/played',
      'must have at most 100 ranges',
    ],
    ['played no pair', { ...beat, played: [[0, 1], [2]] }, '/played/1', 'must be a pair [from, to]'],
    ['played backwards', { ...beat, played: [[1, 0]] }, '/played/0/1', 'must be more than from'],
    ['rate as text', { ...beat, rate: 'fast' }, '/rate', 'must be a number'],
    ['a list', [beat], '', 'must be an object'],
    ['null', null, '', 'must be an object'],
  ])('names the fault: %s', async (_, body, path, message) => {
    const { send } = apiOver();
    const problem = await problemOf(await send('POST', heartbeats, { headers: await bearer(watch), body }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request', errors: [{ path, message }] });
  });

  it('takes the largest exact claim', async () => {
    const { send } = apiOver({ viewing: { heartbeat: async () => aSession } });
    const body = { watchedMs: Number.MAX_SAFE_INTEGER, state: 'playing' };
    expect((await send('POST', heartbeats, { headers: await bearer(watch), body })).status).toBe(200);
  });

  it('names a session id that cannot be one together with the faults of the message', async () => {
    const { send } = apiOver();
    const answer = await send('POST', '/v1/sessions/1/heartbeats', {
      headers: await bearer(watch),
      body: {},
    });
    expect((await problemOf(answer)).errors).toHaveLength(3);
  });

  it.each([
    [new Problem('session-superseded', 'Elsewhere.', { session: { watchedMs: 5 } }), 409],
    [new Problem('session-ended', 'Ended.', { session: { watchedMs: 5 } }), 410],
    [new Problem('session-not-found', 'None.'), 404],
  ])('passes the refusal on: %s', async (refusal, status) => {
    const { send, meters } = apiOver({ viewing: { heartbeat: refusing(refusal) } });
    const answer = await send('POST', heartbeats, { headers: await bearer(watch), body: beat });
    expect(await problemOf(answer)).toMatchObject({ status, ...refusal.members });
    expect(await meters.registry.metrics()).toContain(
      `watchledger_heartbeats_total{outcome="${refusal.code}"} 1`,
    );
  });

  it('tells a browser of an allowed origin even of a refusal', async () => {
    const { send } = apiOver({
      viewing: { heartbeat: refusing(new Problem('unavailable', 'Stopping.', { retryAfterSeconds: 3 })) },
    });
    const headers = { ...(await bearer(watch)), origin };
    const answer = await send('POST', heartbeats, { headers, body: beat });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('3');
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });
});

describe('POST /v1/sessions/{id}/end', () => {
  it('ends with the bearer token, with a last claim or without any message', async () => {
    const endSession = vi.fn(async () => aSession);
    const { send } = apiOver({ viewing: { endSession } });
    const headers = await bearer(watch);
    const last = { watchedMs: 5, played: [[0, 0.005]], position: 0.005 };
    expect((await send('POST', end, { headers, body: last })).status).toBe(200);
    expect((await send('POST', end, { headers })).status).toBe(200);
    const caller = { sessionId, learnerId: 'u-17', allowedCourseware: null };
    expect(endSession.mock.calls).toEqual([[{ ...caller, ...last }], [caller]]);
  });

  it('ends as text/plain with the end token and no bearer', async () => {
    const endSessionByToken = vi.fn(async () => aSession);
    const last = { watchedMs: 9, played: [[0, 0.009]], position: 0.009 };
    const { send } = apiOver({ viewing: { endSessionByToken } });
    const answer = await send('POST', end, {
      headers: { 'content-type': 'text/plain;charset=UTF-8', origin },
      body: { endToken: 'end-me', ...last },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(endSessionByToken).toHaveBeenCalledWith({ sessionId, endToken: 'end-me', ...last });
  });

  it('needs the end token in text/plain, and the bearer in JSON', async () => {
    const { send } = apiOver();
    const plain = await send('POST', end, {
      headers: { 'content-type': 'text/plain' },
      body: { watchedMs: 9 },
    });
    expect(await problemOf(plain)).toMatchObject({
      status: 400,
      errors: [{ path: '/endToken', message: 'is required' }],
    });
    expect((await send('POST', end, { body: { endToken: 'end-me' } })).status).toBe(401);
  });
});

describe('what an admin sees and does of the viewing of others', () => {
  const page = { items: [], nextCursor: null };

  it('lists who is viewing now, of the roster that is the admin’s', async () => {
    const activeSessions = vi.fn(async () => page);
    const { send } = apiOver({ viewing: { activeSessions } });
    const headers = await bearer({ scope: 'admin', org: 'imr' });
    const answer = await send('GET', '/v1/sessions?state=active&limit=20', { headers });
    expect([answer.status, await answer.json()]).toEqual([200, page]);
    expect(activeSessions).toHaveBeenCalledWith({ officeId: 'imr', limit: 20 });
    const other = await send('GET', '/v1/sessions?state=ended', { headers });
    expect(await problemOf(other)).toMatchObject({
      status: 400,
      errors: [{ path: '/state', message: 'must be active' }],
    });
  });

  it.each(['watch', 'review credits:read', 'courseware:write'])('is not for %s', async (scope) => {
    const { send } = apiOver();
    const headers = await bearer({ scope });
    expect((await send('GET', '/v1/sessions?state=active', { headers })).status).toBe(403);
  });

  it('ends a session of anybody in its scope, and tells who and why', async () => {
    const endSessionAsAdmin = vi.fn(async () => aSession);
    const { send } = apiOver({ viewing: { endSessionAsAdmin } });
    const headers = await bearer({ sub: 'a-1', scope: 'admin', org: 'imr' });
    expect((await send('POST', end, { headers, body: { reason: 'stuck' } })).status).toBe(200);
    expect(endSessionAsAdmin).toHaveBeenCalledWith({
      sessionId,
      actor: 'a-1',
      organisationId: 'imr',
      ownLearnerId: 'a-1',
      reason: 'stuck',
    });
    const bound = await bearer({ scope: 'admin', courseware: ['cw-1'] });
    const endSession = vi.fn(async () => aSession);
    expect((await apiOver({ viewing: { endSession } }).send('POST', end, { headers: bound })).status).toBe(
      200,
    );
    expect(endSession).toHaveBeenCalledOnce();
  });
});

describe('GET /v1/sessions/current', () => {
  it('shows what the learner is watching, or that nothing is', async () => {
    const { send } = apiOver({ viewing: { currentSession: async () => aSession } });
    expect(
      await (await send('GET', '/v1/sessions/current', { headers: await bearer(watch) })).json(),
    ).toEqual(aSession);
    const idle = apiOver({
      viewing: { currentSession: refusing(new Problem('no-active-session', 'Nothing.')) },
    });
    expect((await idle.send('GET', '/v1/sessions/current', { headers: await bearer(watch) })).status).toBe(
      404,
    );
    expect((await idle.send('GET', '/v1/sessions/current')).status).toBe(401);
  });
});
