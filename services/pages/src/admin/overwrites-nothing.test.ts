import { createHttp, createRequests } from '@watchledger/client';
import { defaultPolicy, instant } from '@watchledger/rules';
import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../layout/notice.ts';
import { createSite } from '../site/site.tsx';
import { adminPages } from './routes.tsx';

const origin = 'http://hours.example.org';
const courseware = {
  coursewareId: 'c1',
  title: '力学导论',
  kind: 'video',
  limitSeconds: 7_200,
  mediaSeconds: null,
  creator: null,
  open: true,
  createdAt: '2026-03-01T01:00:00Z',
  updatedAt: '2026-03-01T01:00:00Z',
};
const total = { seconds: 0, creditedSeconds: 0, goalSeconds: 360_000, missingSeconds: 360_000 };
const hours = { seconds: 0, creditedSeconds: 0, capSeconds: null };
const learner = {
  learnerId: 'u1',
  name: '王芳',
  organisationId: null,
  active: true,
  rosteredAt: '2026-03-01T01:00:00Z',
};

/** What the API answers to GET, at the second version; others have changed what our forms saw at the first. */
const there: Record<string, object> = {
  '/v1/courseware/c1': courseware,
  '/v1/courseware/c1/changes': { items: [], nextCursor: null },
  '/v1/learners/u1': learner,
  '/v1/learners/u1/credits': {
    year: 2026,
    closed: false,
    online: hours,
    selfStudy: hours,
    offline: hours,
    total,
  },
  '/v1/learners/u1/sessions': { items: [], nextCursor: null },
  '/v1/sessions/s1/timeline': { learnerId: 'u1', title: '力学导论' },
  '/v1/activities': { items: [], nextCursor: null },
  '/v1/organisations': { items: [], nextCursor: null },
};

let refusal: { readonly status: number; readonly code: string; readonly errors?: object[] } | null;
let written: { readonly method: string; readonly path: string; readonly headers: Headers }[];
let left: Notice[];
beforeEach(() => {
  refusal = null;
  written = [];
  left = [];
});

async function api(url: string, init: RequestInit): Promise<Response> {
  const { method = 'GET' } = init;
  const path = new URL(url).pathname;
  const headers = { etag: '"2"' };
  if (method === 'GET') return Response.json(there[path], { headers });
  written.push({ method, path, headers: new Headers(init.headers) });
  if (refusal === null) return Response.json(courseware, { headers });
  const problem = { ...refusal, detail: 'In English.' };
  return new Response(JSON.stringify(problem), {
    status: refusal.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

/** Sends a form as an admin, and gives the page that comes back. */
async function send(path: string, fields: Record<string, string>): Promise<string> {
  const who = { sub: 'a', scope: 'admin', until: instant(Date.now() + 60_000) };
  const site = createSite({
    house: { policy: defaultPolicy, demo: false, signInPath: null },
    cookie: { give: () => {}, read: () => who, clear: () => {} },
    notices: { leave: (_, __, notice) => void left.push(notice), take: () => null },
    askAs: () =>
      createRequests(createHttp({ endpoint: 'http://inside.invalid', token: 'own', fetch: api as never })),
    log: (error) => {
      throw error;
    },
  });
  adminPages(site, async () => {
    throw new Error('nobody asks');
  });
  const answer = await site.app.request(`${origin}${path}?lang=zh-CN`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: origin },
  });
  return answer.text();
}

const form = { title: '力学导论', kind: 'video', hours: '2', open: 'yes' };
const seen = 'name="version" value="&quot;1&quot;"';

test.each([
  ['a field at fault', '/admin/courseware/c1', { ...form, hours: 'two' }],
  ['a step back', '/admin/courseware/c1', { ...form, back: 'yes' }],
])('courseware typed over another version keeps that version: %s', async (_, path, fields) => {
  expect(await send(path, { ...fields, version: '"1"' })).toContain(seen);
  expect(written).toEqual([]);
});

test('so does the roster', async () => {
  const errors = [{ path: '/name', message: 'is required' }];
  refusal = { status: 400, code: 'invalid-request', errors };
  expect(await send('/admin/learners/u1', { name: ' ', version: '"1"' })).toContain(seen);
});

test('courseware is added and never overwritten', async () => {
  refusal = { status: 412, code: 'precondition-failed' };
  const page = await send('/admin/courseware/~new', { ...form, id: 'c1' });
  expect(page).toContain('这个编号已经有课件了。');
  expect(written).toMatchObject([{ method: 'PUT', path: '/v1/courseware/c1' }]);
  expect(written[0]?.headers.get('if-none-match')).toBe('*');
});

test('a deletion leaves a page that puts it back, also to who pressed twice', async () => {
  const fields = { ...form, title: '力'.repeat(500), version: '"2"' };
  const first = await send('/admin/courseware/c1/delete', fields);
  refusal = { status: 404, code: 'courseware-not-found' };
  for (const page of [first, await send('/admin/courseware/c1/delete', fields)]) {
    expect(page).toContain('/admin/courseware/c1/restore');
    expect(page).toContain(`name="title" value="${fields.title}"`);
  }
  expect(written[0]?.headers.get('if-match')).toBe('"2"');
});

test('what is put back overwrites nothing', async () => {
  await send('/admin/courseware/c1/restore', form);
  refusal = { status: 412, code: 'precondition-failed' };
  await send('/admin/courseware/c1/restore', form);
  expect(written.map(({ headers }) => headers.get('if-none-match'))).toEqual(['*', '*']);
  expect(left.map(({ kind, text }) => [kind, text])).toEqual([
    ['good', '已放回“力学导论”。'],
    ['bad', '这个编号已经有课件了。'],
  ]);
});

test('a refusal without fields is told in the language of the page', async () => {
  refusal = { status: 409, code: 'year-closed' };
  await send('/admin/sessions/s1/end', {});
  expect(left[0]?.text).toBe('已结账的年度不可再更改。');
});

test('who is ended is told from others of that name', async () => {
  await send('/admin/sessions/s1/end', {});
  expect(left[0]?.text).toBe('已结束王芳 (u1)的观看，已记录的时间保留。');
});

test('what was typed when a year was closed is there when it is asked again', async () => {
  refusal = { status: 409, code: 'year-not-closable', pending: { activities: 1, enrolments: 0 } } as never;
  expect(await send('/admin/years/2025/close', { reason: '年终结算' })).toContain('value="年终结算"');
});
