import { Agent } from 'node:http';
import { connect } from 'node:net';
import type { LearnerSession, Page, ProblemDocument, Session } from '@watchledger/contract';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../harness/index.ts';
import { type Site, startSite, type Viewing } from '../viewing/site.ts';
import { type RawAnswer, type RawRequest, send } from './raw-request.ts';

const json = { 'Content-Type': 'application/json' };
const nul = '\u0000';
const film = { title: 'The film', kind: 'video', limitSeconds: 7_200 };

let site: Site;
let viewing: Viewing;
let before: unknown;

beforeAll(async () => {
  site = await startSite({ policy: {} });
  await site.put('film', 7_200);
  await site.put('slides', 7_200);
  const other = await site.page('other').watch('slides');
  await other.play(300);
  viewing = await site.page('u1').watch('film', { clientId: 'tab-1' });
  await viewing.play(1_000);
  before = await facts();
});

afterEach(async () => {
  expect(await facts()).toEqual(before);
  expect((await api(site.service.url, null).get('/readyz')).status).toBe(200);
  expect(site.service.logs()).not.toMatch(/unexpected fault/);
});

/** All that bad input must not change. */
async function facts() {
  const page = site.page('u1').caller;
  const [credits, otherCredits, sessions, current, all, courseware, changes] = await Promise.all([
    site.creditsOf('u1'),
    site.creditsOf('other'),
    page.get<Page<LearnerSession>>('/v1/learners/u1/sessions'),
    page.get<Session>('/v1/sessions/current'),
    site.office.get('/v1/credits'),
    site.admin.get('/v1/courseware'),
    site.admin.get('/v1/courseware/film/changes'),
  ]);
  const { serverTime, ...session } = current.body;
  expect(Date.parse(serverTime)).toBeGreaterThan(0);
  return [credits, otherCredits, sessions.body, session, all.body, courseware.body, changes.body];
}

/** Sends as an admin who is also the learner, so that only the input is at fault. */
function sendBad(request: RawRequest): Promise<RawAnswer> {
  const token = site.service.token({ sub: 'u1', scope: 'admin' });
  return send(site.service.url, {
    ...request,
    headers: { Authorization: `Bearer ${token}`, ...request.headers },
  });
}

function problemIn(answer: RawAnswer): ProblemDocument {
  expect(answer.text).not.toMatch(/\n\s+at |node_modules|\.tsx?:\d|SQLITE|Error:/);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem: ProblemDocument = JSON.parse(answer.text);
  expect(problem).toMatchObject({
    status: answer.status,
    type: `/problems/${problem.code}`,
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  return problem;
}

/** A cursor as the service would write it, with a content that it would not. */
const cursor = (...content: readonly unknown[]) => Buffer.from(JSON.stringify(content)).toString('base64url');
const someSession = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11';

const sessionPath = () => `/v1/sessions/${viewing.session.sessionId}`;

interface Route {
  readonly name: string;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: () => string;
  readonly type?: string;
  /** A message that would be accepted. */
  readonly good: () => Record<string, unknown>;
  readonly required: readonly string[];
  /** What each member must not be. */
  readonly bad: Readonly<Record<string, readonly unknown[]>>;
}

const notText = [null, 7, true, [], {}, ['film']];
const notNumber = [null, '1', '', true, [], {}, [1]];
const notAmount = [...notNumber, -1, -1e308, 0.5, 1e308, 2 ** 53, -0.1];
const notId = [
  ...notText,
  '',
  ' ',
  'a b',
  `a${nul}b`,
  'a\nb',
  '🎬',
  'é',
  'x'.repeat(129),
  'import',
  'current',
  '../film',
  '__proto__',
  "film' OR '1'='1",
];
const notTitle = [...notText, '', '   ', `a${nul}b`, 'a\nb', 'a\u007fb', 'x'.repeat(501), '\ud800'];
const claim = { watchedMs: notAmount };
const playback = {
  position: [...notNumber, -1, 1e308, -1e308],
  played: [null, '1', '', true, 7, {}, Array(101).fill([0, 1])],
};
const courseware = {
  title: notTitle,
  kind: [...notText, '', 'film', 'VIDEO', 'video '],
  limitSeconds: [...notAmount, 360_000_001],
  mediaSeconds: notAmount.slice(1),
  creator: [...notTitle.slice(1, -2), 'x'.repeat(201)],
  open: [null, 'true', 1, 0, [], {}],
  reason: notTitle,
  unheardOf: [1, null, 'x'],
};

const routes: readonly Route[] = [
  {
    name: 'opening',
    method: 'POST',
    path: () => '/v1/sessions',
    good: () => ({ coursewareId: 'film' }),
    required: ['coursewareId'],
    bad: {
      coursewareId: notId,
      clientId: [...notText, '', 'a b', `a${nul}`, 'tab\n', '🎬', 'x'.repeat(65)],
      takeOver: [null, 'true', 1, [], {}],
    },
  },
  {
    name: 'a heartbeat',
    method: 'POST',
    path: () => `${sessionPath()}/heartbeats`,
    good: () => ({ watchedMs: 0, state: 'playing', position: 1, played: [[0, 1]], rate: 1 }),
    required: ['watchedMs', 'state'],
    bad: {
      ...claim,
      state: [...notText, '', 'PLAYING', 'asleep', `playing${nul}`, '__proto__', 'constructor'],
      ...playback,
      rate: [...notNumber, 101, -101, 1e308],
    },
  },
  {
    name: 'ending with the bearer',
    method: 'POST',
    path: () => `${sessionPath()}/end`,
    good: () => ({ watchedMs: 0, position: 1, played: [[0, 1]] }),
    required: [],
    bad: { ...claim, ...playback },
  },
  {
    name: 'ending with the end token',
    method: 'POST',
    path: () => `${sessionPath()}/end`,
    type: 'text/plain',
    good: () => ({ endToken: viewing.session.endToken, watchedMs: 0 }),
    required: ['endToken'],
    bad: { ...claim, ...playback, endToken: [...notText, '', 'x'.repeat(513)] },
  },
  {
    name: 'putting courseware',
    method: 'PUT',
    path: () => '/v1/courseware/film',
    good: () => film,
    required: ['title', 'kind', 'limitSeconds'],
    bad: courseware,
  },
  {
    name: 'patching courseware',
    method: 'PATCH',
    path: () => '/v1/courseware/film',
    good: () => film,
    required: [],
    bad: courseware,
  },
];

test('a range that cannot have been played is named by its place', async () => {
  const badRanges: readonly [unknown, string][] = [
    ...[null, 7, '0-1', {}, [], [1], [1, 2, 3], [[0, 1]]].map((range) => [range, ''] as [unknown, string]),
    ...[...notNumber, -1, 1e308].map((from) => [[from, 2], '/0'] as [unknown, string]),
    ...[...notNumber, -1, 0, 1, 1e308].map((to) => [[1, to], '/1'] as [unknown, string]),
  ];
  for (const [range, place] of badRanges) {
    for (const what of ['heartbeats', 'end']) {
      const body = JSON.stringify({ watchedMs: 0, state: 'playing', played: [[0, 1], range] });
      const headers = { 'Content-Type': 'application/json' };
      const problem = problemIn(
        await sendBad({ method: 'POST', path: `${sessionPath()}/${what}`, headers, body }),
      );
      expect([body, problem.status]).toEqual([body, 400]);
      const paths = problem.errors?.map(({ path }) => path);
      expect([body, paths]).toEqual([body, expect.arrayContaining([`/played/1${place}`])]);
    }
  }
});

describe.each(routes)('$name', ({ method, path, type = 'application/json', good, required, bad }) => {
  const post = (body: RawRequest['body'], headers: Record<string, string> = { 'Content-Type': type }) =>
    sendBad({ method, path: path(), headers, ...(body === undefined ? {} : { body }) });

  async function expectFault(body: object, fault: { path: string; message?: unknown }): Promise<void> {
    const problem = problemIn(await post(JSON.stringify(body)));
    expect([body, problem.status, problem.code]).toEqual([body, 400, 'invalid-request']);
    expect([body, problem.errors]).toMatchObject([
      body,
      expect.arrayContaining([expect.objectContaining(fault)]),
    ]);
  }

  test('names a member that is missing', async () => {
    for (const name of required) {
      const { [name]: _, ...rest } = good();
      await expectFault(rest, { path: `/${name}`, message: 'is required' });
    }
    if (required.length > 0) {
      const problem = problemIn(await post('{}'));
      expect(problem.errors?.map(({ path }) => path)).toEqual(required.map((name) => `/${name}`));
    }
  });

  test.each(Object.entries(bad))('names %s where it is of a wrong type or value', async (name, values) => {
    for (const value of values) await expectFault({ ...good(), [name]: value }, { path: `/${name}` });
  });

  test('refuses a message that is no object', async () => {
    for (const body of ['null', '[]', '7', '"film"', 'true', JSON.stringify([good()])]) {
      const problem = problemIn(await post(body));
      expect([body, problem.code, problem.errors]).toEqual([
        body,
        'invalid-request',
        [{ path: '', message: 'must be an object' }],
      ]);
    }
  });

  test('refuses text that is not JSON', async () => {
    const whole = JSON.stringify(good());
    const numbers = ['NaN', 'Infinity', '-Infinity', '1e', '0x10', '01', '1_000', '+1', '.5'];
    for (const body of [
      '{',
      whole.slice(0, -1),
      `${whole}}`,
      `${whole}${whole}`,
      `[${whole},]`,
      "{'a':1}",
      'undefined',
      '\u0001',
      `{"a":"a${nul}b"}`,
      '{"a":"\\ud83"}',
      '[['.repeat(5_000),
      '<xml/>',
      ...numbers.map((number) => `{"watchedMs":${number}}`),
    ]) {
      expect([body, problemIn(await post(body)).code]).toEqual([body, 'malformed-json']);
    }
  });

  test('refuses bytes that are not UTF-8', async () => {
    for (const bytes of [
      [0xff],
      [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d],
      [0xed, 0xa0, 0x80],
      [0xf8, 0x88, 0x80, 0x80],
    ]) {
      expect(problemIn(await post(Buffer.from(bytes))).code).toBe('malformed-text');
    }
    const utf16 = Buffer.from(JSON.stringify({ ...good(), watchedMs: -1 }), 'utf16le');
    expect(['malformed-json', 'malformed-text']).toContain(problemIn(await post(utf16)).code);
  });

  test('refuses members of the prototype and deep nesting without harm', async () => {
    const [name = ''] = Object.keys(bad);
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString']) {
      const text = `{"${key}":{"${name}":"polluted","isAdmin":true},"${name}":[]}`;
      expect(problemIn(await post(text)).errors?.map(({ path }) => path)).toContain(`/${name}`);
    }
    const deep = `{"${name}":${'['.repeat(4_000)}${']'.repeat(4_000)}}`;
    expect(problemIn(await post(deep)).errors?.map(({ path }) => path)).toContain(`/${name}`);
    const deeper = `{"${name}":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`;
    expect(problemIn(await post(deeper)).errors?.map(({ path }) => path)).toContain(`/${name}`);
  });

  test('refuses a body of 1 MB, whether it states its length or not', async () => {
    const padding = 'x'.repeat(1024 * 1024);
    const large = JSON.stringify({ ...good(), padding });
    for (const body of [large, [large], large.match(/.{1,65536}/g) ?? []]) {
      expect(problemIn(await post(body))).toMatchObject({ code: 'payload-too-large', limitBytes: 16_384 });
    }
    expect(problemIn(await post([' '.repeat(20_000), JSON.stringify(good())])).code).toBe(
      'payload-too-large',
    );
  });

  test('refuses a body of another type, and asks for one that is missing', async () => {
    const body = JSON.stringify({ ...good(), watchedMs: -1 });
    for (const other of [
      'text/html',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
      ';',
      'application/json2',
    ]) {
      const problem = problemIn(await post(body, { 'Content-Type': other }));
      // Without a known type the ending asks for the token first, which is there.
      expect([other, problem.code]).toEqual([other, 'unsupported-media-type']);
    }
    expect(problemIn(await post(body, {})).code).toBe('unsupported-media-type');
    expect(problemIn(await post(body, { 'Content-Type': `${type}; charset=klingon` })).code).toBe(
      'unsupported-media-type',
    );
    if (required.length > 0) {
      for (const nothing of ['', undefined]) {
        const { errors } = problemIn(await post(nothing));
        expect(errors).toEqual([{ path: '', message: 'is required' }]);
      }
    }
  });
});

describe('who asks', () => {
  const known = [
    ['POST', '/v1/sessions'],
    ['GET', '/v1/sessions/current'],
    ['POST', '/v1/sessions/x/heartbeats'],
    ['POST', '/v1/sessions/x/end'],
    ['GET', '/v1/learners/u1/credits'],
    ['GET', '/v1/learners/u1/sessions'],
    ['GET', '/v1/credits'],
    ['GET', '/v1/courseware'],
    ['GET', '/v1/courseware/film'],
    ['PUT', '/v1/courseware/film'],
    ['PATCH', '/v1/courseware/film'],
    ['DELETE', '/v1/courseware/film'],
    ['GET', '/v1/courseware/film/changes'],
    ['POST', '/v1/courseware/import'],
  ] as const;

  test.each(known)('%s %s needs a token that can be read', async (method, path) => {
    for (const authorization of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Basic dTE6cHc=',
      'Bearer a b',
      'Bearer …'.replace('…', '\u00e9'),
      'Bearer a.b.c',
      `Bearer ${'x'.repeat(9_000)}`,
      `Bearer ${Buffer.from('{"alg":"HS256"}').toString('base64url')}.e30.`,
      'Bearer ..',
      site.service.token({ sub: 'u1', scope: 'admin' }),
    ]) {
      const headers = { ...json, ...(authorization === undefined ? {} : { Authorization: authorization }) };
      const answer = await send(site.service.url, { method, path, headers });
      expect([authorization, problemIn(answer).code]).toEqual([authorization, 'unauthenticated']);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
    const nobody = site.service.token({ sub: 'nobody', scope: 'unknown' });
    const answer = await send(site.service.url, {
      method,
      path,
      headers: { ...json, Authorization: `Bearer ${nobody}` },
    });
    if (method !== 'GET' || !path.startsWith('/v1/courseware')) expect(answer.status).toBe(403);
    if (answer.status >= 400) problemIn(answer);
  });

  test('nobody is let in whose name no store could keep', async () => {
    for (const sub of [`ann${nul}`, 'ann\nbob', '\u0085', '\ud800', '', 'x'.repeat(129)]) {
      const token = site.service.token({ sub, scope: 'admin' });
      const answer = await send(site.service.url, {
        method: 'PATCH',
        path: '/v1/courseware/film',
        headers: { ...json, Authorization: `Bearer ${token}` },
        body: JSON.stringify({ limitSeconds: 60 }),
      });
      expect([sub, answer.status, problemIn(answer).code]).toEqual([sub, 401, 'unauthenticated']);
    }
  });

  test('a session of somebody else, or of nobody, is not found', async () => {
    const { body } = await site.page('other').caller.get<Session>('/v1/sessions/current');
    for (const id of [body.sessionId, '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11']) {
      for (const [what, message] of [
        ['heartbeats', { watchedMs: 1, state: 'playing' }],
        ['end', { watchedMs: 1 }],
      ] as const) {
        const { status, body } = await site.page('u1').caller.post(`/v1/sessions/${id}/${what}`, message);
        expect([status, body.code]).toEqual([404, 'session-not-found']);
      }
    }
  });

  test('courseware that nobody put is not found', async () => {
    const asked = await site.page('new').open('nowhere');
    expect([asked.status, asked.body]).toMatchObject([404, { code: 'courseware-not-found' }]);
    for (const id of ['nowhere', 'constructor', 'toString', 'hasOwnProperty']) {
      const answers = [
        await site.admin.get(`/v1/courseware/${id}`),
        await site.admin.get(`/v1/courseware/${id}/changes`),
        await site.admin.patch(`/v1/courseware/${id}`, { limitSeconds: 1 }),
        await site.admin.delete(`/v1/courseware/${id}`),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        answers.map(() => [404, 'courseware-not-found']),
      );
    }
  });
});

describe('what is asked', () => {
  const escapes = [
    '%00',
    'a%00b',
    '%2F',
    'a%2Fb',
    '..%2F..%2Fetc',
    '%E0%A4%A',
    '%',
    '%zz',
    '%FF',
    '%F0%9F%8E%AC',
    '%0d%0aX:y',
    'a%20b',
    "'",
    '__proto__',
    'x'.repeat(129),
    'x'.repeat(6_000),
  ];

  test.each([
    ['GET', (id: string) => `/v1/courseware/${id}`],
    ['PUT', (id: string) => `/v1/courseware/${id}`],
    ['PATCH', (id: string) => `/v1/courseware/${id}`],
    ['DELETE', (id: string) => `/v1/courseware/${id}`],
    ['GET', (id: string) => `/v1/courseware/${id}/changes`],
    ['GET', (id: string) => `/v1/learners/${id}/credits`],
    ['GET', (id: string) => `/v1/learners/${id}/sessions`],
    ['POST', (id: string) => `/v1/sessions/${id}/heartbeats`],
    ['POST', (id: string) => `/v1/sessions/${id}/end`],
  ] as const)('%s with a path that holds no id is refused (%s)', async (method, pathOf) => {
    const message = pathOf('').includes('sessions/') ? { watchedMs: 0, state: 'playing' } : film;
    for (const id of escapes) {
      const path = pathOf(id);
      const withBody =
        method === 'GET' || method === 'DELETE' ? {} : { headers: json, body: JSON.stringify(message) };
      const problem = problemIn(await sendBad({ method, path, ...withBody }));
      expect([400, 403, 404]).toContain(problem.status);
      if (problem.code === 'invalid-request')
        expect(problem.errors?.map(({ path }) => path)).toContain('/id');
    }
  });

  test.each([
    ['/v1/credits', 'limit', ['', '0', '201', '-1', '1.5', '1e2', 'ten', 'NaN', '٣', '99999999999999999999']],
    [
      '/v1/credits',
      'cursor',
      [
        ...['', 'x', 'e30', 'WzFd', '%00', '__proto__', 'x'.repeat(513)],
        cursor('courseware', 'a'),
        ...[`a${nul}`, '', ' ', '\ud800', 'é', 7, null, ['a'], { a: 1 }].map((id) => cursor('credits', id)),
        cursor('credits'),
        cursor('credits', 'a', 'b'),
      ],
    ],
    [
      '/v1/credits',
      'year',
      ['', '20', '1969', '02026', '20261', '-2026', '2026.0', 'MMXXVI', '%00', '１２３４'],
    ],
    ['/v1/credits', 'below', ['', 'cap', 'goal%00', 'GOAL']],
    ['/v1/credits', 'learnerId', ['', 'a%20b', '%00', 'mine', 'x'.repeat(129)]],
    ['/v1/credits', 'unheardOf', ['', '1']],
    ['/v1/credits', '__proto__', ['', 'x']],
    ['/v1/learners/u1/credits', 'year', ['', '1969', 'now']],
    [
      '/v1/learners/u1/sessions',
      'from',
      ['', '2026-13-01', '2026-02-30', '2026-2-1', 'yesterday', '%00', '2026-01-01T00:00:00Z'],
    ],
    [
      '/v1/learners/u1/sessions',
      'cursor',
      [
        ...['x', cursor('credits', 'u00'), cursor('learner-sessions', someSession)],
        ...['x', '', `${someSession}${nul}`, someSession.toUpperCase(), 7, null].map((id) =>
          cursor('learner-sessions', 5, id),
        ),
        ...['5', 0.5, 2 ** 53, -1e308, null].map((at) => cursor('learner-sessions', at, someSession)),
      ],
    ],
    ['/v1/courseware', 'kind', ['', 'film', 'VIDEO']],
    ['/v1/courseware', 'query', ['%00', '%0A', 'x'.repeat(201)]],
    ['/v1/courseware', 'limit', ['1000', '-0']],
    [
      '/v1/courseware',
      'cursor',
      ['x', '%FF', ...[`a${nul}`, '\ud800', '', 'a b', 7].map((id) => cursor('courseware', id))],
    ],
    [
      '/v1/courseware/film/changes',
      'cursor',
      ['x', ...['1', 0.5, 2 ** 64, null].map((sequence) => cursor('courseware-changes', sequence))],
    ],
  ] as const)('%s names a query parameter %s that cannot be', async (path, name, values) => {
    for (const value of values) {
      const problem = problemIn(
        await sendBad({
          method: 'GET',
          path: encodeURI(`${path}?${name}=`) + (value.includes('%') ? value : encodeURIComponent(value)),
        }),
      );
      expect([value, problem.code, problem.errors?.[0]?.path]).toEqual([
        value,
        'invalid-request',
        expect.stringMatching(new RegExp(`^/${name}(/|$)`)),
      ]);
    }
  });

  test('absurd queries are refused', async () => {
    const many = Array.from({ length: 201 }, (_, n) => `learnerId=u${n}`).join('&');
    for (const path of [
      `/v1/credits?${many}`,
      '/v1/credits?year=2026&year=2027',
      '/v1/credits?limit=1&limit=2',
      '/v1/learners/u1/sessions?from=2026-03-02&to=2026-03-01',
      '/v1/courseware?query=a&query=b',
      `/v1/courseware?${'&'.repeat(1_000)}x=1`,
      '/v1/credits?%E0%A4%A=1',
      '/v1/credits?[$ne]=1',
      `/v1/courseware/import?dryRun=maybe`,
    ]) {
      const method = path.includes('import') ? 'POST' : 'GET';
      const body =
        method === 'POST'
          ? { headers: { 'Content-Type': 'text/csv' }, body: 'id,title,kind,limitHours\na,A,video,1\n' }
          : {};
      expect([path, problemIn(await sendBad({ method, path, ...body })).code]).toEqual([
        path,
        'invalid-request',
      ]);
    }
  });

  test('a path or a method that the service does not have is refused, and the methods that it has are named', async () => {
    for (const path of [
      '/nowhere',
      '/v1',
      '/v1/',
      '/v2/sessions',
      '/v1/sessions/',
      '//v1/sessions',
      '/v1/../v1/nowhere',
      '/V1/SESSIONS',
      '/.env',
      '/v1/sessions/current/x',
    ]) {
      expect([path, problemIn(await sendBad({ method: 'GET', path })).status]).toEqual([
        path,
        expect.toBeOneOf([404, 405]),
      ]);
    }
    for (const [path, allowed] of [
      ['/v1/sessions', 'GET, POST'],
      ['/v1/sessions/current', 'GET'],
      [`${sessionPath()}/heartbeats`, 'POST'],
      [`${sessionPath()}/end`, 'POST'],
      ['/v1/credits', 'GET'],
      ['/v1/learners/u1/credits', 'GET'],
      ['/v1/courseware', 'GET'],
      ['/v1/courseware/film', 'GET, PUT, PATCH, DELETE'],
      ['/healthz', 'GET'],
    ] as const) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
        if (allowed.includes(method)) continue;
        const answer = await sendBad({ method, path });
        expect([method, path, problemIn(answer).code]).toEqual([method, path, 'method-not-allowed']);
        expect(answer.headers.allow).toBe(allowed);
      }
    }
  });

  test('entity tags that cannot be read are refused', async () => {
    for (const tag of ['', 'x', '"', 'W/x', '"a" "b"', '*, "a"', ',']) {
      const headers = { ...json, 'If-Match': tag };
      const problem = problemIn(
        await sendBad({ method: 'PUT', path: '/v1/courseware/film', headers, body: JSON.stringify(film) }),
      );
      expect([tag, problem.errors?.[0]?.path]).toEqual([tag, '/if-match']);
    }
  });

  test('files that cannot be imported are refused', async () => {
    const header = 'id,title,kind,limitHours';
    const upload = (body: RawRequest['body'], type = 'text/csv') =>
      sendBad({
        method: 'POST',
        path: '/v1/courseware/import',
        headers: { 'Content-Type': type },
        ...(body === undefined ? {} : { body }),
      });
    for (const file of [
      '',
      '\n\n',
      'film,Film,video,1',
      `${header},extra\n`,
      `${header}\n"film,Film,video,1`,
      `${header}\nfi"lm,Film,video,1`,
      `${header}\nfilm,Film,video,1,extra`,
      `${header}\nfilm,a${nul}b,video,1`,
      `${header}\n__proto__,Film,video,1`,
      `${header}\nfilm,Film,video,NaN`,
      `${header}\nfilm,Film,video,1e3`,
      `${header}\nfilm,Film,video,999999999`,
      `${header}\n${'film,Film,video,1\n'.repeat(10_001)}`,
    ]) {
      const problem = problemIn(await upload(file));
      expect([file.slice(0, 80), problem.code, problem.errors?.length]).toEqual([
        file.slice(0, 80),
        'invalid-request',
        expect.any(Number),
      ]);
    }
    expect(problemIn(await upload(Buffer.from([0x69, 0xff]))).code).toBe('malformed-text');
    expect(problemIn(await upload(header, 'application/json')).code).toBe('unsupported-media-type');
    const row = `${'x'.repeat(1_000)}\n`;
    expect(problemIn(await upload([header, ...Array.from({ length: 60 }, () => row.repeat(100))])).code).toBe(
      'payload-too-large',
    );
  });
});

test('after a body that was too large, the next request of the same client is answered', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const beat = { method: 'POST', path: `${sessionPath()}/heartbeats`, headers: json, agent };
  for (const size of [17_000, 100_000, 5_000_000]) {
    const body = Buffer.alloc(size, ' ');
    for (const large of [[body], body]) {
      const refused = await sendBad({ ...beat, body: large });
      expect([refused.headers.connection, problemIn(refused).code]).toEqual(['close', 'payload-too-large']);
      expect(problemIn(await sendBad({ ...beat, body: '{' })).code).toBe('malformed-json');
    }
  }
  agent.destroy();
});

test('a file of commas, or of bad lines alone, is refused in few words and at once', async () => {
  const startedAt = performance.now();
  for (const file of [','.repeat(5_000_000), 'x\n'.repeat(2_450_000), `${'\n'.repeat(5_000_000)}x`]) {
    const headers = { 'Content-Type': 'text/csv' };
    const answer = await sendBad({ method: 'POST', path: '/v1/courseware/import', headers, body: file });
    expect(problemIn(answer).code).toBe('invalid-request');
    expect(answer.text.length).toBeLessThan(200_000);
  }
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

describe('what is no sound HTTP', () => {
  /** The answer to these bytes, on a connection that the service closes after it. */
  async function answerTo(bytes: string): Promise<RawAnswer> {
    const socket = connect(site.service.port, '127.0.0.1', () => socket.write(bytes));
    const chunks: Buffer[] = [];
    for await (const chunk of socket.setTimeout(5_000, () => socket.destroy())) chunks.push(chunk);
    const [head = '', text = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
    const [statusLine = '', ...lines] = head.split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 2),
      ]),
    );
    return { status: Number(statusLine.split(' ')[1]), headers, text };
  }

  const asked =
    'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n';

  test.each([
    [
      'an address of 20 KB',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['thousands of headers', `${asked}${'X-Y: z\r\n'.repeat(3_000)}\r\n`, 431, 'headers-too-large'],
    ['a method that HTTP does not have', 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['noise', '\u0000\u0001\u0002\r\n\r\n', 400, 'malformed-request'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
    [
      'a host that is none',
      'GET / HTTP/1.1\r\nHost: a b/..\r\nConnection: close\r\n\r\n',
      400,
      'malformed-request',
    ],
    [
      'an address that is none',
      'GET http://[/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      400,
      'malformed-request',
    ],
    ['two lengths', `${asked}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400, 'malformed-request'],
    ['a negative length', `${asked}Content-Length: -2\r\n\r\n{}`, 400, 'malformed-request'],
    [
      'a length beside chunks',
      `${asked}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'malformed-request',
    ],
  ])('%s is refused', async (_, bytes, status, code) => {
    const answer = await answerTo(bytes);
    expect([answer.status, problemIn(answer).code]).toEqual([status, code]);
  });
});
