import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { api } from '../harness/index.ts';
import { type Site, startSite, type Viewing } from '../viewing/site.ts';
import { send } from './raw-request.ts';

let site: Site;
let viewing: Viewing;

beforeAll(async () => {
  site = await startSite({ policy: {} });
  await site.put('film', 7_200);
  viewing = await site.page('u1').watch('film');
});

/** Values that schemas, stores and clocks stumble over. */
const awkward = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -0,
    0.1,
    1e308,
    -1e308,
    2 ** 53,
    -1,
    '',
    '\u0000',
    '\ud800',
    '🎬',
    '__proto__',
  ),
  fc.constantFrom<unknown>('film', 'playing', 'video', 'tab-1', 1_000, 0, 1),
  fc.array(fc.array(fc.oneof(fc.double(), fc.nat(), fc.jsonValue()), { maxLength: 3 })),
  fc.array(
    fc.tuple(fc.nat(9_000), fc.nat(9_000)).map(([from, length]) => [from / 7, (from + length + 1) / 7]),
    { maxLength: 120 },
  ),
  fc.jsonValue(),
);
const members = [
  'coursewareId',
  'clientId',
  'takeOver',
  'watchedMs',
  'state',
  'position',
  'played',
  'rate',
  'endToken',
  'title',
  'kind',
  'limitSeconds',
  'mediaSeconds',
  'creator',
  'open',
  'reason',
  'code',
  'constructor',
];
const message = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(fc.oneof(fc.constantFrom(...members), fc.string()), awkward) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const text = fc.oneof(
  { weight: 4, arbitrary: message.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);
const id = fc.oneof(
  fc.constantFrom('film', 'current', '%00', '%', '..'),
  fc.webPath(),
  fc.string().map(encodeURIComponent),
);
/** Cursors whose outside is right. */
const cursor = fc
  .tuple(
    fc.constantFrom('credits', 'learner-sessions', 'courseware', 'courseware-changes'),
    fc.array(fc.oneof(awkward, fc.maxSafeInteger(), fc.string({ unit: 'binary', maxLength: 20 })), {
      maxLength: 3,
    }),
  )
  .map(([list, key]) => Buffer.from(JSON.stringify([list, ...key])).toString('base64url'));
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('limit', 'cursor', 'year', 'from', 'to', 'query', 'kind', 'learnerId', 'x'),
      fc.string(),
    ),
  )
  .map((pairs) =>
    pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&'),
  );

const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path: fc.oneof(
    fc.constantFrom(
      '/v1/sessions',
      '/v1/sessions/current',
      '/v1/credits',
      '/v1/courseware',
      '/v1/courseware/import',
      '/sign-in',
      '/sign-out',
      '/demo/token',
      '/readyz',
      '/problems/x',
    ),
    fc
      .tuple(
        fc.constantFrom(
          '/v1/courseware',
          '/v1/learners',
          '/v1/sessions',
          '/problems',
          '/assets',
          '/media',
          '/players',
          '/sdk',
        ),
        id,
      )
      .map((parts) => parts.join('/')),
    fc
      .tuple(id, fc.constantFrom('credits', 'sessions', 'changes'))
      .map(([name, what]) => `/v1/learners/${name}/${what}`),
    fc.constantFrom('heartbeats', 'end', 'nowhere').map((what) => `/v1/sessions/OWN/${what}`),
  ),
  query,
  type: fc.constantFrom('application/json', 'text/plain', 'text/csv', 'application/merge-patch+json', ''),
  body: fc.option(text, { nil: undefined }),
});

/** A list goes on from anywhere. */
const nextPage = fc.record({
  method: fc.constant('GET'),
  path: fc.constantFrom(
    '/v1/credits',
    '/v1/learners/u1/sessions',
    '/v1/courseware',
    '/v1/courseware/film/changes',
  ),
  query: cursor.map((text) => `cursor=${text}`),
  type: fc.constant(''),
  body: fc.constant(undefined),
});

describe('random input', () => {
  test('never makes the service fail, and is refused by a problem document or not at all', async () => {
    const token = site.service.token({ sub: 'u1', scope: 'admin' });
    const tried = fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: anyRequest }, nextPage), async (any) => {
      const { method, path, query, type, body } = any;
      const answer = await send(site.service.url, {
        method,
        path: `${path.replace('OWN', viewing.session.sessionId).replaceAll(/[^!-~]/g, '%20')}?${query}`,
        headers: { Authorization: `Bearer ${token}`, ...(type === '' ? {} : { 'Content-Type': type }) },
        ...(body === undefined || method === 'GET' ? {} : { body: Buffer.from(body) }),
      });
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toMatch(/\n\s+at |node_modules|SQLITE/);
      if (answer.status >= 400) {
        expect(answer.headers['content-type']).toBe('application/problem+json');
        expect(JSON.parse(answer.text)).toMatchObject({ status: answer.status, code: expect.any(String) });
      }
    });
    await fc.assert(tried, { numRuns: 2_000 });
    expect((await api(site.service.url, null).get('/readyz')).status).toBe(200);
    expect(site.service.logs()).not.toMatch(/unexpected fault/);
  });

  test('earns nobody anything', async () => {
    const elapsed = viewing.elapsedMs();
    const { body } = await site.office.get<{
      items: { learnerId: string; online: { watchedSeconds: number } }[];
    }>('/v1/credits');
    for (const { learnerId, online } of body.items) {
      expect(learnerId).toBe('u1');
      expect(online.watchedSeconds).toBeLessThanOrEqual(Math.floor(elapsed / 1_000));
    }
  });
});
