import { type Courseware, Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { apiOver, bearer, problemOf, refusing } from '../api.fixture.ts';

const admin = { sub: 'back-office', scope: 'courseware:write' };
const cw: Courseware = {
  coursewareId: 'cw-1',
  title: 'Anatomy',
  kind: 'video',
  limitSeconds: 7200,
  mediaSeconds: null,
  creator: null,
  open: true,
  createdAt: '2026-03-01T01:00:00Z',
  updatedAt: '2026-03-01T01:00:00Z',
};
const fields = { title: 'Anatomy', kind: 'video', limitSeconds: 7200 };

const call = async (
  api: ReturnType<typeof apiOver>,
  method: string,
  path: string,
  {
    body,
    headers = {},
    claims = admin,
  }: { body?: unknown; headers?: Record<string, string>; claims?: object } = {},
) => api.send(method, path, { body, headers: { ...(await bearer({ ...claims })), ...headers } });

describe('PUT /v1/courseware/{id}', () => {
  it('creates, with its entity tag and its place', async () => {
    const putCourseware = vi.fn(async () => ({ courseware: cw, created: true, etag: '1' }));
    const answer = await call(apiOver({ courseware: { putCourseware } }), 'PUT', '/v1/courseware/cw-1', {
      body: { ...fields, title: ' Anatomy ', reason: 'new term' },
    });
    expect([answer.status, answer.headers.get('etag'), answer.headers.get('location')]).toEqual([
      201,
      '"1"',
      '/v1/courseware/cw-1',
    ]);
    expect(await answer.json()).toEqual(cw);
    expect(putCourseware).toHaveBeenCalledWith({
      actor: 'back-office',
      id: 'cw-1',
      fields,
      reason: 'new term',
    });
  });

  it.each([
    ['"1"', new Set(['1'])],
    ['"1", W/"2" , "3"', new Set(['1', '3'])],
    ['*', 'any'],
  ])('replaces only what the writer has seen: If-Match %s', async (header, ifMatch) => {
    const putCourseware = vi.fn(async () => ({ courseware: cw, created: false, etag: '2' }));
    const answer = await call(apiOver({ courseware: { putCourseware } }), 'PUT', '/v1/courseware/cw-1', {
      body: fields,
      headers: { 'if-match': header },
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
    expect(putCourseware).toHaveBeenCalledWith(expect.objectContaining({ ifMatch }));
  });

  it('says that it was changed in the meantime, and what is no entity tag', async () => {
    const api = apiOver({
      courseware: { putCourseware: refusing(new Problem('precondition-failed', 'Changed.')) },
    });
    const put = (header: string) =>
      call(api, 'PUT', '/v1/courseware/cw-1', { body: fields, headers: { 'if-match': header } });
    expect((await put('"1"')).status).toBe(412);
    expect((await problemOf(await put('1'))).errors).toEqual([
      { path: '/if-match', message: 'must be * or a list of entity tags in quotes' },
    ]);
  });

  it.each([
    [{}, 'absent'],
    [{ 'if-match': '"1"' }, new Set()],
  ])('is made and never overwrites with If-None-Match: *, %j', async (others, ifMatch) => {
    const putCourseware = vi.fn(async () => ({ courseware: cw, created: true, etag: '1' }));
    const headers = { ...others, 'if-none-match': '*' };
    const api = apiOver({ courseware: { putCourseware } });
    await call(api, 'PUT', '/v1/courseware/cw-1', { body: fields, headers });
    expect(putCourseware).toHaveBeenCalledWith(expect.objectContaining({ ifMatch }));
  });

  it('takes no If-None-Match but *', async () => {
    const headers = { 'if-none-match': '"1"' };
    const answer = await call(apiOver(), 'PUT', '/v1/courseware/cw-1', { body: fields, headers });
    expect((await problemOf(answer)).errors).toEqual([{ path: '/if-none-match', message: 'must be *' }]);
  });

  it('names every fault, a misspelt field too', async () => {
    const body = { title: ' ', kind: 'pdf', limitSecond: 1, limitSeconds: -1, mediaSeconds: '1' };
    const { errors } = await problemOf(await call(apiOver(), 'PUT', '/v1/courseware/mine', { body }));
    expect(errors).toEqual([
      { path: '/id', message: 'is a reserved word' },
      { path: '/title', message: 'must not be empty' },
      { path: '/kind', message: 'must be video or document' },
      { path: '/limitSeconds', message: 'must not be negative' },
      { path: '/mediaSeconds', message: 'must be a whole number of seconds' },
      { path: '/limitSecond', message: 'is not known here' },
    ]);
  });

  it.each([
    ['nobody', null, 401],
    ['a learner', { scope: 'watch' }, 403],
    ['a reader of credits', { scope: 'credits:read' }, 403],
    ['an admin bound to courseware (T21)', { scope: 'admin', courseware: ['cw-1'] }, 403],
  ])('is refused to %s', async (_, claims, status) => {
    const headers = claims === null ? {} : await bearer(claims);
    expect((await apiOver().send('PUT', '/v1/courseware/cw-1', { headers, body: fields })).status).toBe(
      status,
    );
  });
});

describe('PATCH and DELETE /v1/courseware/{id}', () => {
  it('changes only what is named, also as a merge patch', async () => {
    const patchCourseware = vi.fn(async () => ({ courseware: cw, etag: '3' }));
    const api = apiOver({ courseware: { patchCourseware } });
    const body = { limitSeconds: 0, creator: null, reason: 'mistake' };
    for (const type of ['application/json', 'application/merge-patch+json']) {
      const headers = { 'content-type': type };
      expect((await call(api, 'PATCH', '/v1/courseware/cw-1', { body, headers })).headers.get('etag')).toBe(
        '"3"',
      );
    }
    expect(patchCourseware).toHaveBeenLastCalledWith({
      actor: 'back-office',
      id: 'cw-1',
      fields: { limitSeconds: 0, creator: null },
      reason: 'mistake',
    });
  });

  it('refuses a patch that changes nothing', async () => {
    const answer = await call(apiOver(), 'PATCH', '/v1/courseware/cw-1', { body: { reason: 'none' } });
    expect((await problemOf(answer)).errors).toEqual([
      { path: '', message: 'must change at least one field' },
    ]);
  });

  it('withdraws, or says that there is none', async () => {
    const api = apiOver({ courseware: { deleteCourseware: async () => undefined } });
    const answer = await call(api, 'DELETE', '/v1/courseware/cw-1');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    const none = apiOver({
      courseware: { deleteCourseware: refusing(new Problem('courseware-not-found', 'None.')) },
    });
    expect((await call(none, 'DELETE', '/v1/courseware/cw-1')).status).toBe(404);
    expect((await call(api, 'DELETE', '/v1/courseware/cw-1', { claims: { scope: 'watch' } })).status).toBe(
      403,
    );
  });
});

describe('POST /v1/courseware/preview', () => {
  it('says what several limits would do together, and names every fault', async () => {
    async function* lines() {
      yield {
        end: true,
        count: 0,
        learners: 2,
        gaining: 1,
        losing: 0,
        gainedSeconds: 60,
        lostSeconds: 0,
      } as const;
    }
    const previewLimits = vi.fn(lines);
    const { send } = apiOver({ office: { previewLimits } });
    const headers = await bearer({ scope: 'courseware:write' });
    const items = [{ coursewareId: 'cw-1', limitSeconds: 60 }];
    const answer = await send('POST', '/v1/courseware/preview', { headers, body: { items } });
    expect(await answer.json()).toMatchObject({ preview: true, gaining: 1, items: [] });
    expect(previewLimits).toHaveBeenCalledWith({ items, named: false });
    const faulty = await send('POST', '/v1/courseware/preview', { headers, body: { items: [{}] } });
    expect((await problemOf(faulty)).errors).toHaveLength(2);
  });
});

describe('reading courseware', () => {
  it('is open to any token that is not bound', async () => {
    const api = apiOver({
      courseware: {
        getCourseware: async () => ({ courseware: cw, etag: '7' }),
        listCourseware: async () => ({ items: [{ ...cw, etag: '"7"' }], nextCursor: null }),
      },
    });
    const claims = { scope: '' };
    expect((await call(api, 'GET', '/v1/courseware/cw-1', { claims })).headers.get('etag')).toBe('"7"');
    expect((await call(api, 'GET', '/v1/courseware?query=ana&kind=video', { claims })).status).toBe(200);
    for (const path of ['/v1/courseware/cw-1', '/v1/courseware']) {
      expect(
        (await call(api, 'GET', path, { claims: { scope: 'watch', courseware: ['cw-1'] } })).status,
      ).toBe(403);
      expect((await api.send('GET', path)).status).toBe(401);
    }
  });

  it('shows who changed the limit to those who may change it', async () => {
    const coursewareChanges = vi.fn(async () => ({ items: [], nextCursor: null }));
    const api = apiOver({ courseware: { coursewareChanges } });
    expect((await call(api, 'GET', '/v1/courseware/cw-1/changes?limit=5')).status).toBe(200);
    expect(coursewareChanges).toHaveBeenCalledWith({ id: 'cw-1', limit: 5 });
    const claims = { scope: 'watch' };
    expect((await call(api, 'GET', '/v1/courseware/cw-1/changes', { claims })).status).toBe(403);
  });
});

describe('POST /v1/courseware/import', () => {
  const post = (api: ReturnType<typeof apiOver>, body: string, query = '', type = 'text/csv') =>
    call(api, 'POST', `/v1/courseware/import${query}`, { body, headers: { 'content-type': type } });

  it('hands all rows over at once, or asks what would be done', async () => {
    const importCourseware = vi.fn(async ({ dryRun }: { dryRun: boolean }) => ({
      dryRun,
      created: 1,
      updated: 0,
      unchanged: 0,
    }));
    const api = apiOver({ courseware: { importCourseware } });
    const file = 'id,title,kind,limitHours\r\ncw-1,Anatomy,video,1.5\r\n';
    expect(await (await post(api, file, '?dryRun=true', 'text/csv; charset=utf-8')).json()).toMatchObject({
      dryRun: true,
    });
    expect((await post(api, file)).status).toBe(200);
    expect(importCourseware).toHaveBeenLastCalledWith({
      actor: 'back-office',
      rows: [{ id: 'cw-1', title: 'Anatomy', kind: 'video', limitSeconds: 5400 }],
      dryRun: false,
    });
  });

  it('takes files larger than a JSON message, up to 5 MiB', async () => {
    const rows = Array.from({ length: 1000 }, (_, row) => `cw-${row},Anatomy of the hand,video,1`);
    const importCourseware = async () => ({ dryRun: false, created: 1000, updated: 0, unchanged: 0 });
    const api = apiOver({ courseware: { importCourseware } });
    expect((await post(api, ['id,title,kind,limitHours', ...rows].join('\n'))).status).toBe(200);
    const answer = await post(api, 'x'.repeat(5 * 1024 * 1024 + 1));
    expect(await problemOf(answer)).toMatchObject({ status: 413, limitBytes: 5 * 1024 * 1024 });
  });

  it('refuses what is no CSV, and an unclear dryRun', async () => {
    expect((await post(apiOver(), '{}', '', 'application/json')).status).toBe(415);
    expect((await post(apiOver(), 'id', '?dryRun=yes')).status).toBe(400);
  });
});
