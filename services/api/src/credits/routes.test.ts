import { csvCell, Problem, type SessionTimeline } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { apiOver, bearer, problemOf, sessionId } from '../api.fixture.ts';
import type { OfficeUseCases } from '../deps.ts';
import { creditsOf } from './credits.fixture.ts';

const reader = { sub: 'back-office', scope: 'credits:read' };
const learner = { scope: 'watch' };

describe('GET /v1/learners/{id}/credits', () => {
  const learnerCredits = vi.fn(async ({ learnerId }: { learnerId: string }) => ({
    ...creditsOf(learnerId, 61),
    courseware: [],
  }));
  const { send } = apiOver({ credits: { learnerCredits } });
  const get = async (path: string, claims: Record<string, unknown>) =>
    send('GET', path, { headers: await bearer(claims) });

  it('gives a back end the credits of any learner', async () => {
    const answer = await get('/v1/learners/u-1/credits?year=2026', reader);
    expect(await answer.json()).toMatchObject({
      learnerId: 'u-1',
      online: { creditedSeconds: 61, creditedMinutes: 1 },
    });
    expect(learnerCredits).toHaveBeenLastCalledWith({
      learnerId: 'u-1',
      organisationId: null,
      year: 2026,
      allowedCourseware: null,
    });
  });

  it('T17: gives an institute those of its own roster alone, and a learner of it their own', async () => {
    await get('/v1/learners/u-1/credits', { ...reader, org: 'imr' });
    expect(learnerCredits).toHaveBeenLastCalledWith(
      expect.objectContaining({ learnerId: 'u-1', organisationId: 'imr' }),
    );
    await get('/v1/learners/u-17/credits', { ...learner, org: 'imr' });
    expect(learnerCredits).toHaveBeenLastCalledWith(
      expect.objectContaining({ learnerId: 'u-17', organisationId: null }),
    );
  });

  it('gives learners their own, and nobody else’s', async () => {
    expect((await get('/v1/learners/u-17/credits', learner)).status).toBe(200);
    expect((await get('/v1/learners/u-1/credits', learner)).status).toBe(403);
    expect((await get('/v1/learners/u-17/credits', { scope: 'courseware:write' })).status).toBe(403);
    expect((await send('GET', '/v1/learners/u-17/credits')).status).toBe(401);
  });

  it('T21: a token bound to courseware reads its own learner, and the answer is restricted', async () => {
    const bound = { scope: 'watch credits:read', courseware: ['cw-1'] };
    expect((await get('/v1/learners/u-17/credits', bound)).status).toBe(200);
    expect(learnerCredits).toHaveBeenLastCalledWith({
      learnerId: 'u-17',
      organisationId: null,
      allowedCourseware: new Set(['cw-1']),
    });
    expect((await get('/v1/learners/u-1/credits', bound)).status).toBe(403);
  });

  it.each([
    ['/v1/learners/u-1/credits?year=26', '/year', 'must be a year of four digits'],
    ['/v1/learners/u-1/credits?year=2026&year=2027', '/year', 'must be a string'],
    ['/v1/learners/u-1/credits?yaer=2026', '/yaer', 'is not known here'],
    ['/v1/learners/mine/credits', '/id', 'is a reserved word'],
    ['/v1/learners/%2e%2e%2fetc/credits', '/id', expect.stringContaining('must be 1 to 128')],
    ['/v1/learners/%zz/credits', '/id', expect.stringContaining('must be 1 to 128')],
  ])('names the fault in %s', async (path, fault, message) => {
    expect(await problemOf(await get(path, reader))).toMatchObject({
      status: 400,
      errors: [{ path: fault, message }],
    });
  });
});

/** Everybody is called the same. */
const namesOf: OfficeUseCases['namesOf'] = async function* ({ rows }) {
  for await (const row of rows) yield { ...row, name: '李雷', organisationId: 'imr' };
};

describe('GET /v1/credits', () => {
  async function* three() {
    yield creditsOf('u-1', 1);
    yield creditsOf('u-2', 2);
    yield creditsOf('u-3', 3);
  }
  const get = async (query: string, accept: string, credits: Parameters<typeof apiOver>[0] = {}) =>
    apiOver(credits).send('GET', `/v1/credits${query}`, { headers: { ...(await bearer(reader)), accept } });

  it('gives pages, filtered', async () => {
    const pageOfCredits = vi.fn(async () => ({ items: [creditsOf('u-1')], nextCursor: 'next' }));
    const answer = await get(
      '?year=2026&limit=1&cursor=abc&learnerId=u-1&learnerId=u-2&below=goal',
      'application/json',
      { credits: { pageOfCredits } },
    );
    expect(await answer.json()).toEqual({ items: [creditsOf('u-1')], nextCursor: 'next' });
    expect(pageOfCredits).toHaveBeenCalledWith({
      year: 2026,
      limit: 1,
      cursor: 'abc',
      learnerIds: ['u-1', 'u-2'],
      below: 'goal',
    });
  });

  it('has fifty on a page unless told', async () => {
    const pageOfCredits = vi.fn(async () => ({ items: [], nextCursor: null }));
    await get('', '*/*', { credits: { pageOfCredits } });
    expect(pageOfCredits).toHaveBeenCalledWith({ limit: 50 });
  });

  it.each(['?limit=0', '?limit=201', '?limit=1.5', '?limit=-1', '?limit=', '?below=all', '?cursor='])(
    'refuses %s',
    async (query) => {
      expect((await problemOf(await get(query, 'application/json'))).code).toBe('invalid-request');
    },
  );

  it('is for back ends: no learner’s token, and none bound to courseware (T21)', async () => {
    const { send } = apiOver();
    for (const claims of [learner, { ...reader, courseware: ['cw-1'] }, { scope: 'admin', courseware: [] }]) {
      expect((await send('GET', '/v1/credits', { headers: await bearer(claims) })).status).toBe(403);
    }
    expect((await send('GET', '/v1/credits')).status).toBe(401);
  });

  it('streams all as CSV with a header, led by the mark by which Excel knows UTF-8', async () => {
    const answer = await get('', 'text/csv', { credits: { streamCredits: three }, office: { namesOf } });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, ...lines] = new TextDecoder().decode(bytes).split('\r\n');
    expect(header?.split(',').slice(0, 4)).toEqual(['learnerId', 'year', 'closed', 'onlineWatchedSeconds']);
    expect(header?.split(',').slice(-2)).toEqual(['name', 'organisationId']);
    expect(lines).toEqual([
      'u-1,2026,false,1,0,0,1,1,0,180000,179999,0,0,36000,36000,0,0,0,0,,,1,1,360000,359999,李雷,imr',
      expect.stringMatching(/^u-2,2026,false,2,/),
      expect.stringMatching(/^u-3,2026,false,3,/),
      '',
    ]);
  });

  it('streams all as NDJSON and proves that it is whole', async () => {
    const answer = await get('', 'application/x-ndjson', { credits: { streamCredits: three } });
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.learnerId ?? line)).toEqual([
      'u-1',
      'u-2',
      'u-3',
      { end: true, count: 3 },
    ]);
  });

  async function* breaking(after: number) {
    for (let learner = 0; learner < after; learner += 1) yield creditsOf(`u-${learner}`);
    throw new Problem('unavailable', 'The database is away.');
  }

  it('refuses in the ordinary way while nothing was sent', async () => {
    const answer = await get('', 'text/csv', {
      credits: { streamCredits: () => breaking(0) },
      office: { namesOf },
    });
    expect(await problemOf(answer)).toMatchObject({ status: 503 });
  });

  it.each(['text/csv', 'application/x-ndjson'])(
    'breaks a stream of %s that cannot be completed',
    async (accept) => {
      const answer = await get('', accept, {
        credits: { streamCredits: () => breaking(1000) },
        office: { namesOf },
      });
      expect(answer.status).toBe(200);
      await expect(answer.text()).rejects.toThrow();
    },
  );

  it.each([
    ['text/csv;q=abc', 'application/json'],
    ['text/csv;q=abc, application/x-ndjson;q=0.1', 'application/x-ndjson'],
    ['text/csv;q=0', 'application/json'],
    ['application/json;q=0.5, text/csv;q=0.75', 'text/csv; charset=utf-8; header=present'],
    ['image/png', 'application/json'],
    ['text/csv, application/json;q=0', 'text/csv; charset=utf-8; header=present'],
    ['application/json;q=0, */*', 'text/csv; charset=utf-8; header=present'],
    ['text/*, application/json;q=0, text/csv;q=0', 'application/x-ndjson'],
    ['application/json, */*', 'application/json'],
    ['*/*;q=0', 'application/json'],
  ])('gives for %s: %s', async (accept, type) => {
    const pageOfCredits = async () => ({ items: [], nextCursor: null });
    const answer = await get('', accept, {
      credits: { pageOfCredits, streamCredits: three },
      office: { namesOf },
    });
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it('goes at the reader’s pace, and stops when the reader goes away', async () => {
    let made = 0;
    let stopped = false;
    async function* endless() {
      try {
        for (;;) {
          made += 1;
          yield creditsOf(`u-${made}`);
        }
      } finally {
        stopped = true;
      }
    }
    const answer = await get('', 'application/x-ndjson', { credits: { streamCredits: endless } });
    const reader = answer.body?.getReader();
    await reader?.read();
    expect(made).toBeLessThan(200);
    await reader?.cancel();
    expect(stopped).toBe(true);
  });
});

describe('T19: a CSV cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    ['u-17', 'u-17'],
    ['a,b', '"a,b"'],
    ['a\r\nb', '"a\r\nb"'],
    ['"', '""""'],
    [-5, '-5'],
    [null, ''],
  ])('%j is written as %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

describe('GET /v1/learners/{id}/sessions', () => {
  const learnerSessions = vi.fn(async () => ({ items: [], nextCursor: null }));
  const { send } = apiOver({ credits: { learnerSessions } });
  const get = async (path: string, claims: Record<string, unknown>) =>
    send('GET', path, { headers: await bearer(claims) });

  it('lists the sessions of a range of days', async () => {
    expect((await get('/v1/learners/u-17/sessions?from=2026-01-01&to=2026-01-01', learner)).status).toBe(200);
    expect(learnerSessions).toHaveBeenCalledWith({
      learnerId: 'u-17',
      organisationId: null,
      from: '2026-01-01',
      to: '2026-01-01',
      limit: 50,
    });
  });

  it('refuses days that are none, and a range that runs backwards', async () => {
    expect(
      (await problemOf(await get('/v1/learners/u-17/sessions?from=2026-02-29', learner))).errors,
    ).toEqual([{ path: '/from', message: 'must be a calendar day YYYY-MM-DD' }]);
    const backwards = await get('/v1/learners/u-17/sessions?from=2026-02-02&to=2026-02-01', learner);
    expect((await problemOf(backwards)).errors).toEqual([
      { path: '/to', message: 'must not be before from' },
    ]);
  });

  it('is not for other learners, nor for a token bound to courseware (T21)', async () => {
    expect((await get('/v1/learners/u-1/sessions', learner)).status).toBe(403);
    expect((await get('/v1/learners/u-17/sessions', { ...learner, courseware: ['cw-1'] })).status).toBe(403);
  });
});

describe('GET /v1/sessions/{id}/timeline', () => {
  const sessionTimeline = vi.fn(async () => timeline);
  const { send } = apiOver({ credits: { sessionTimeline } });
  const get = async (claims: Record<string, unknown>, id = sessionId) =>
    send('GET', `/v1/sessions/${id}/timeline`, { headers: await bearer(claims) });

  it('shows learners their own sessions, and a back end anybody’s (R13)', async () => {
    expect(await (await get(learner)).json()).toEqual(timeline);
    expect(sessionTimeline).toHaveBeenLastCalledWith({
      sessionId,
      ownLearnerId: 'u-17',
      organisationId: null,
      self: 'u-17',
      allowedCourseware: null,
    });
    expect((await get(reader)).status).toBe(200);
    expect(sessionTimeline).toHaveBeenLastCalledWith({
      sessionId,
      ownLearnerId: null,
      organisationId: null,
      self: 'back-office',
      allowedCourseware: null,
    });
  });

  it('T21: a token bound to courseware reads its own learner’s, of that courseware', async () => {
    await get({ scope: 'watch credits:read', courseware: ['cw-1'] });
    expect(sessionTimeline).toHaveBeenLastCalledWith({
      sessionId,
      ownLearnerId: 'u-17',
      organisationId: null,
      self: 'u-17',
      allowedCourseware: new Set(['cw-1']),
    });
  });

  it('is for nobody else, and of no id that is none', async () => {
    expect((await get({ scope: 'courseware:write' })).status).toBe(403);
    expect((await send('GET', `/v1/sessions/${sessionId}/timeline`)).status).toBe(401);
    expect((await get(learner, 'nothing')).status).toBe(400);
  });
});

const timeline: SessionTimeline = {
  sessionId,
  learnerId: 'u-17',
  coursewareId: 'cw-1',
  title: 'A lesson',
  openedAt: '2026-03-01T01:00:00.000Z',
  lastSeenAt: '2026-03-01T01:01:00.000Z',
  sealedAt: null,
  watchedMs: 50_000,
  creditedMs: 50_000,
  stretches: [
    {
      from: '2026-03-01T01:00:00.000Z',
      to: '2026-03-01T01:00:50.000Z',
      watchedMs: 50_000,
      counted: true,
      reason: null,
    },
    {
      from: '2026-03-01T01:00:50.000Z',
      to: '2026-03-01T01:01:00.000Z',
      watchedMs: 0,
      counted: false,
      reason: 'paused',
    },
  ],
};
