import { describe, expect, test } from 'vitest';
import { openOffice } from '../testing/office.ts';
import {
  coursewareChanges,
  deleteCourseware,
  getCourseware,
  importCourseware,
  listCourseware,
  patchCourseware,
  putCourseware,
} from './index.ts';

const film = { title: '安全生产', kind: 'video', limitSeconds: 720 } as const;
const row = (id: string, limitSeconds: number) => ({ id, title: id, kind: 'video' as const, limitSeconds });

describe('putting courseware', () => {
  test('creates it with its defaults, then replaces it', async () => {
    const office = await openOffice();
    const created = await putCourseware(office, { actor: 'ann', id: 'cw-1', fields: film });
    expect(created).toEqual({
      created: true,
      etag: '1',
      courseware: {
        coursewareId: 'cw-1',
        ...film,
        mediaSeconds: null,
        creator: null,
        open: true,
        createdAt: '2026-03-01T04:00:00.000Z',
        updatedAt: '2026-03-01T04:00:00.000Z',
      },
    });
    const replaced = await putCourseware(office, {
      actor: 'ann',
      id: 'cw-1',
      fields: { ...film, open: false },
    });
    expect(replaced).toMatchObject({ created: false, etag: '2', courseware: { open: false } });
    expect(await getCourseware(office, { id: 'cw-1' })).toEqual({
      courseware: replaced.courseware,
      etag: '2',
    });
  });

  test('honours If-Match, on every writing verb', async () => {
    const office = await openOffice();
    const { etag } = await putCourseware(office, { actor: 'ann', id: 'cw-1', fields: film });
    const seen = { actor: 'bob', id: 'cw-1', ifMatch: new Set([etag]) };
    await patchCourseware(office, { ...seen, fields: { limitSeconds: 1 } });
    const late = { code: 'precondition-failed', status: 412 };
    await expect(putCourseware(office, { ...seen, fields: film })).rejects.toMatchObject(late);
    await expect(patchCourseware(office, { ...seen, fields: { open: false } })).rejects.toMatchObject(late);
    await expect(deleteCourseware(office, seen)).rejects.toMatchObject(late);
    const foreign = { ...seen, ifMatch: new Set(['"2"', 'W/2', '2 ']) };
    await expect(deleteCourseware(office, foreign)).rejects.toMatchObject(late);
    const missing = { actor: 'bob', id: 'cw-2', ifMatch: 'any', fields: film } as const;
    await expect(putCourseware(office, missing)).rejects.toMatchObject(late);
    expect(await getCourseware(office, { id: 'cw-1' })).toMatchObject({
      courseware: { limitSeconds: 1, open: true },
    });
  });
});

test('what is to be made overwrites nothing, and what was deleted counts as nothing', async () => {
  const office = await openOffice();
  const make = (title: string) => {
    const fields = { ...film, title };
    return putCourseware(office, { actor: 'ann', id: 'cw-1', fields, ifMatch: 'absent' });
  };
  expect(await make('First')).toMatchObject({ created: true });
  const taken = { code: 'precondition-failed', detail: 'There is a courseware "cw-1" already.' };
  await expect(make('Second')).rejects.toMatchObject(taken);
  await deleteCourseware(office, { actor: 'bob', id: 'cw-1' });
  expect(await make('Third')).toMatchObject({ created: true, courseware: { title: 'Third' } });
});

test('patching changes what is named, and null clears it', async () => {
  const office = await openOffice();
  const fields = { ...film, creator: 'Ms Li', mediaSeconds: 60 };
  await putCourseware(office, { actor: 'ann', id: 'cw-1', fields });
  const { courseware } = await patchCourseware(office, {
    actor: 'bob',
    id: 'cw-1',
    fields: { creator: null, title: 'New' },
  });
  expect(courseware).toMatchObject({ title: 'New', creator: null, mediaSeconds: 60, limitSeconds: 720 });
});

test('what does not exist, or was deleted, is not found', async () => {
  const office = await openOffice();
  await putCourseware(office, { actor: 'ann', id: 'gone', fields: film });
  await deleteCourseware(office, { actor: 'ann', id: 'gone' });
  const missing = { code: 'courseware-not-found', status: 404 };
  for (const id of ['gone', 'never']) {
    await expect(getCourseware(office, { id })).rejects.toMatchObject(missing);
    await expect(
      patchCourseware(office, { actor: 'ann', id, fields: { open: false } }),
    ).rejects.toMatchObject(missing);
    await expect(deleteCourseware(office, { actor: 'ann', id })).rejects.toMatchObject(missing);
  }
  await expect(coursewareChanges(office, { id: 'never', limit: 10 })).rejects.toMatchObject(missing);
});

describe('listing courseware', () => {
  test('goes through all of it once, page after page, while more arrives', async () => {
    const office = await openOffice();
    for (const id of ['c', 'a', 'e', 'B']) await office.put(id, 10);
    const first = await listCourseware(office, { limit: 2 });
    await office.put('b', 10);
    await office.put('A', 10);
    const second = await listCourseware(office, { limit: 2, cursor: first.nextCursor });
    const third = await listCourseware(office, { limit: 2, cursor: second.nextCursor });
    const ids = [first, second, third].flatMap(({ items }) => items.map(({ coursewareId }) => coursewareId));
    expect(ids).toEqual(['B', 'a', 'b', 'c', 'e']);
    expect(third.nextCursor).toBeNull();
    expect(first.items.map(({ etag }) => etag)).toEqual(['"1"', '"1"']);
  });

  test.each([
    'nonsense',
    '%%%',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('["courseware",7]').toString('base64url'),
    Buffer.from('["courseware","a\\u0000"]').toString('base64url'),
    Buffer.from('["courseware","a b"]').toString('base64url'),
    Buffer.from('["courseware","a","b"]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    const refused = { code: 'invalid-request', members: { errors: [{ path: '/cursor' }] } };
    await expect(listCourseware(await openOffice(), { limit: 2, cursor })).rejects.toMatchObject(refused);
  });

  test('refuses the cursor of another list', async () => {
    const office = await openOffice();
    await office.put('a', 10);
    await office.put('b', 10);
    const { nextCursor } = await listCourseware(office, { limit: 1 });
    expect(nextCursor).not.toBeNull();
    await expect(coursewareChanges(office, { id: 'a', limit: 1, cursor: nextCursor })).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});

test('the audit trail of a limit says who, when, why, from, to, oldest first', async () => {
  const office = await openOffice();
  await putCourseware(office, { actor: 'ann', id: 'cw-1', fields: film });
  office.setClock('2026-03-02 09:00');
  await patchCourseware(office, { actor: 'bob', id: 'cw-1', fields: { title: 'Only the title' } });
  await patchCourseware(office, {
    actor: 'bob',
    id: 'cw-1',
    fields: { limitSeconds: 7_200 },
    reason: 'was a slip',
  });
  await deleteCourseware(office, { actor: 'cat', id: 'cw-1' });
  await putCourseware(office, { actor: 'dan', id: 'cw-1', fields: film });
  const first = await coursewareChanges(office, { id: 'cw-1', limit: 3 });
  const second = await coursewareChanges(office, { id: 'cw-1', limit: 3, cursor: first.nextCursor });
  const later = '2026-03-02T01:00:00.000Z';
  expect([...first.items, ...second.items]).toEqual([
    {
      changedAt: '2026-03-01T04:00:00.000Z',
      actor: 'ann',
      action: 'created',
      fromLimitSeconds: null,
      toLimitSeconds: 720,
      reason: null,
    },
    {
      changedAt: later,
      actor: 'bob',
      action: 'updated',
      fromLimitSeconds: 720,
      toLimitSeconds: 7_200,
      reason: 'was a slip',
    },
    {
      changedAt: later,
      actor: 'cat',
      action: 'deleted',
      fromLimitSeconds: 7_200,
      toLimitSeconds: null,
      reason: null,
    },
    {
      changedAt: later,
      actor: 'dan',
      action: 'restored',
      fromLimitSeconds: 7_200,
      toLimitSeconds: 720,
      reason: null,
    },
  ]);
  expect(second.nextCursor).toBeNull();
});

describe('importing courseware', () => {
  test('tells beforehand what it will do', async () => {
    const office = await openOffice();
    await importCourseware(office, { actor: 'ann', rows: [row('a', 60), row('b', 60)], dryRun: false });
    const rows = [row('a', 60), row('b', 90), row('c', 60)];
    const expected = { created: 1, updated: 1, unchanged: 1 };
    expect(await importCourseware(office, { actor: 'ann', rows, dryRun: true })).toEqual({
      dryRun: true,
      ...expected,
    });
    await expect(getCourseware(office, { id: 'c' })).rejects.toMatchObject({ code: 'courseware-not-found' });
    expect(await importCourseware(office, { actor: 'ann', rows, dryRun: false })).toEqual({
      dryRun: false,
      ...expected,
    });
    const { items } = await coursewareChanges(office, { id: 'b', limit: 10 });
    expect(items.at(-1)).toMatchObject({
      actor: 'ann',
      fromLimitSeconds: 60,
      toLimitSeconds: 90,
      reason: 'import',
    });
  });
});

test('a database that is away is said to be so', async () => {
  const office = await openOffice();
  await office.ledger.refuseWrites();
  const put = putCourseware(office, {
    actor: 'ann',
    id: 'a',
    fields: { ...film, title: 'x'.repeat(100_000) },
  });
  await expect(put).rejects.toMatchObject({
    code: 'unavailable',
    status: 503,
    members: { retryAfterSeconds: 2 },
  });
});
