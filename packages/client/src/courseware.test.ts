import type { UseCases } from '@watchledger/api';
import { type Courseware, Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf, preview, previewed } from './client.fixture.ts';

const cw: Courseware = {
  coursewareId: 'cw:1@a',
  title: 'Anatomy',
  kind: 'video',
  limitSeconds: 7200,
  mediaSeconds: null,
  creator: null,
  open: true,
  createdAt: '2026-03-01T01:00:00Z',
  updatedAt: '2026-03-01T01:00:00Z',
};
const listed = { ...cw, etag: '"2"' };
const fields = { title: 'Anatomy', kind: 'video', limitSeconds: 7200 } as const;

describe('courseware', () => {
  it('is put, and put again only where nobody was faster', async () => {
    const putCourseware = vi
      .fn<UseCases['courseware']['putCourseware']>()
      .mockResolvedValueOnce({ courseware: cw, created: true, etag: '1' })
      .mockRejectedValueOnce(new Problem('precondition-failed', 'It was changed.'));
    const { client } = clientOf({ courseware: { putCourseware } });
    const first = await client.putCourseware('cw:1@a', fields);
    expect(first).toEqual({ courseware: cw, created: true, etag: '"1"' });
    await expect(client.putCourseware('cw:1@a', fields, { ifMatch: first.etag })).rejects.toMatchObject({
      status: 412,
      code: 'precondition-failed',
      message: 'It was changed.',
    });
    expect(putCourseware).toHaveBeenLastCalledWith(
      expect.objectContaining({ id: 'cw:1@a', ifMatch: new Set(['1']) }),
    );
  });

  it('is made, and never overwritten', async () => {
    const putCourseware = vi.fn(async () => ({ courseware: cw, created: true, etag: '1' }));
    const { client } = clientOf({ courseware: { putCourseware } });
    await client.putCourseware('cw:1@a', fields, { ifAbsent: true });
    expect(putCourseware).toHaveBeenCalledWith(expect.objectContaining({ ifMatch: 'absent' }));
  });

  it('is patched, read, listed, withdrawn and imported', async () => {
    const { client } = clientOf({
      courseware: {
        patchCourseware: async () => ({ courseware: cw, etag: '2' }),
        getCourseware: async () => ({ courseware: cw, etag: '2' }),
        listCourseware: async ({ query }) => ({ items: query === 'ana' ? [listed] : [], nextCursor: null }),
        deleteCourseware: async () => undefined,
        coursewareChanges: async () => ({ items: [], nextCursor: null }),
        importCourseware: async ({ rows, dryRun }) => ({
          dryRun,
          created: rows.length,
          updated: 0,
          unchanged: 0,
        }),
      },
    });
    expect((await client.patchCourseware('cw-1', { limitSeconds: 0, reason: 'test' })).etag).toBe('"2"');
    expect((await client.getCourseware('cw-1')).courseware).toEqual(cw);
    expect(await all(client.listCourseware({ query: 'ana', kind: 'video' }))).toEqual([listed]);
    expect(await client.deleteCourseware('cw-1', { ifMatch: '"2"' })).toBeUndefined();
    expect(await all(client.coursewareChanges('cw-1'))).toEqual([]);
    const csv = 'id,title,kind,limitHours\ncw-1,Anatomy,video,2\n';
    expect(await client.importCourseware(csv, { dryRun: true })).toMatchObject({ dryRun: true, created: 1 });
    await expect(client.importCourseware(csv.replace('2', 'two'))).rejects.toMatchObject({
      problem: { errors: [{ line: 2, field: 'limitHours' }] },
    });
  });

  it('is previewed at another limit', async () => {
    const previewPatchCourseware = vi.fn(() => previewed());
    const { client } = clientOf({ office: { previewPatchCourseware } });
    expect(await client.previewLimit('cw:1@a', 60, { ifMatch: '"2"' })).toEqual(preview);
    expect(previewPatchCourseware).toHaveBeenCalledWith({
      actor: 'back-office',
      id: 'cw:1@a',
      fields: { limitSeconds: 60 },
      ifMatch: new Set(['2']),
      named: true,
    });
  });
});
