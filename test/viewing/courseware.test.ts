import type { Courseware, Imported, Page } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from './site.ts';

describe('courseware', () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
  });

  /** The service's answer to a file. */
  async function upload(file: string, query = '') {
    const token = site.service.token({ sub: 'editor', scope: 'courseware:write' });
    const answer = await fetch(`${site.service.url}/v1/courseware/import${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv; charset=utf-8' },
      body: file,
    });
    return { status: answer.status, body: (await answer.json()) as Imported & { errors: unknown } };
  }

  const listed = async (query: string) => {
    const { body } = await site.admin.get<Page<Courseware>>(`/v1/courseware?query=${query}`);
    return body.items.map(({ coursewareId, limitSeconds }) => [coursewareId, limitSeconds]);
  };

  test('changes only if it is still what the writer has seen', async () => {
    const fields = { title: 'Surgery', kind: 'video', limitSeconds: 60 };
    const created = await site.admin.put<Courseware>('/v1/courseware/surgery', fields);
    const seen = created.headers.get('ETag') ?? '';
    expect([created.status, seen]).toEqual([201, expect.stringMatching(/^".+"$/)]);
    const change = (etag: string, limitSeconds: number) =>
      site.admin.put('/v1/courseware/surgery', { ...fields, limitSeconds }, { 'If-Match': etag });

    const first = await change(seen, 90);
    expect(first.status).toBe(200);
    const second = await change(seen, 120);
    expect([second.status, second.body.code]).toEqual([412, 'precondition-failed']);
    const patched = await site.admin.patch(
      '/v1/courseware/surgery',
      { limitSeconds: 1 },
      { 'If-Match': seen },
    );
    expect(patched.status).toBe(412);
    expect((await site.admin.delete('/v1/courseware/surgery', { 'If-Match': seen })).status).toBe(412);

    const now = await site.admin.get<Courseware>('/v1/courseware/surgery');
    expect([now.body.limitSeconds, now.headers.get('ETag')]).toEqual([90, first.headers.get('ETag')]);
    expect((await change(now.headers.get('ETag') ?? '', 120)).status).toBe(200);
    const absent = await site.admin.put('/v1/courseware/new', fields, { 'If-Match': '*' });
    expect([absent.status, (await site.admin.get('/v1/courseware/new')).status]).toEqual([412, 404]);
  });

  test('that is withdrawn cannot be opened, and what was watched of it stays credited', async () => {
    await site.put('old-film', 7_200);
    const viewing = await site.page('u1').watch('old-film');
    await viewing.play(1_000);
    await viewing.end();
    expect((await site.admin.delete('/v1/courseware/old-film')).status).toBe(204);
    expect((await site.page('u1').open('old-film')).status).toBe(404);
    expect((await site.creditsOf('u1')).online.creditedSeconds).toBe(1);
  });

  test('is imported from a file, which a dry run only counts', async () => {
    const file =
      '\uFEFFid,title,kind,limitHours\r\ncsv-1,"A ""film"", long",video,1.5\r\n\r\ncsv-2,幻灯片,document,1h30m\r\n';
    const dry = await upload(file, '?dryRun=true');
    expect([dry.status, dry.body]).toEqual([200, { dryRun: true, created: 2, updated: 0, unchanged: 0 }]);
    expect(await listed('csv-')).toEqual([]);

    const done = await upload(file);
    expect([done.status, done.body]).toEqual([200, { dryRun: false, created: 2, updated: 0, unchanged: 0 }]);
    expect(await listed('csv-')).toEqual([
      ['csv-1', 5_400],
      ['csv-2', 5_400],
    ]);
    const { body } = await site.admin.get<Courseware>('/v1/courseware/csv-1');
    expect(body).toMatchObject({ title: 'A "film", long', kind: 'video' });

    const again = await upload(file.replace('1h30m', '45m'));
    expect(again.body).toEqual({ dryRun: false, created: 0, updated: 1, unchanged: 1 });
    expect(await listed('csv-2')).toEqual([['csv-2', 2_700]]);
  });

  test('in a file with faults is imported not at all, and every bad line is named', async () => {
    const file = [
      'id,title,kind,limitHours',
      'bad-1,Fine,video,1',
      'bad 2,Fine,video,1',
      'bad-3,"Two',
      'lines",film,1',
      'bad-4,Fine,video,-1',
      'bad-1,Again,video,1',
      'bad-5,Fine,video',
      'bad-6,,document,two hours',
    ].join('\n');
    for (const query of ['', '?dryRun=true']) {
      const { status, body } = await upload(file, query);
      expect([status, body]).toMatchObject([400, { code: 'invalid-request' }]);
      expect(body.errors).toEqual([
        { line: 3, field: 'id', path: '/3/id', message: expect.stringMatching(/^must be 1 to 128/) },
        { line: 4, field: 'title', path: '/4/title', message: 'must not contain control characters' },
        { line: 4, field: 'kind', path: '/4/kind', message: 'must be video or document' },
        {
          line: 6,
          field: 'limitHours',
          path: '/6/limitHours',
          message: expect.stringMatching(/^must be hours/),
        },
        { line: 7, field: 'id', path: '/7/id', message: 'is already on line 2' },
        { line: 8, path: '/8', message: 'has 3 cells instead of 4' },
        { line: 9, field: 'title', path: '/9/title', message: 'must not be empty' },
        {
          line: 9,
          field: 'limitHours',
          path: '/9/limitHours',
          message: expect.stringMatching(/^must be hours/),
        },
      ]);
    }
    expect(await listed('bad-')).toEqual([]);
  });
});
