import { WatchLedgerError } from '@watchledger/client';
import type { Courseware } from '@watchledger/contract';
import { expect, test } from 'vitest';
import type { Ask } from '../../site/ask.ts';
import { chosenFor, patchAll, patchesOf, undoOf } from './bulk.ts';

const courseware = (coursewareId: string, limitSeconds: number, open = true) =>
  ({ coursewareId, limitSeconds, open }) as Courseware;

test('only what would become something else is changed, and can be set back', async () => {
  const known = [courseware('a', 60), courseware('b', 120), courseware('c', 60, false)];
  const ask = {
    tagged: async ({ path }: { path: string[] }) => ({
      body: known.find(({ coursewareId }) => coursewareId === path[1]),
      etag: '"1"',
    }),
  } as unknown as Ask;
  const ids = ['a', 'b', 'c'];
  const change = { what: 'hours', limitSeconds: 60 } as const;
  expect((await chosenFor(ask, ids, change)).map((each) => each.courseware.coursewareId)).toEqual(['b']);
  const closed = await chosenFor(ask, ids, { what: 'close' });
  const done = ['a', 'b'].map((id) => ({ id, fields: { open: false }, etag: '"2"' }));
  expect(patchesOf(undoOf(closed, done, { what: 'close' }) ?? '')).toEqual([
    { id: 'a', fields: { open: true }, etag: '"2"' },
    { id: 'b', fields: { open: true }, etag: '"2"' },
  ]);
  expect(undoOf(closed, [], { what: 'close' })).toBeNull();
  const many = Array.from({ length: 200 }, (_, at) => ({ courseware: courseware(`cw-${at}`, 1), etag: '' }));
  const all = many.map((each) => ({ id: each.courseware.coursewareId, fields: {}, etag: '"2"' }));
  expect(undoOf(many, all, change)).toBeNull();
});

test('what a browser has made up changes nothing', () => {
  for (const made of ['', '{}', 'x', '[[1,2,"1"],["a"],["b",null,"1"],["c",true]]'])
    expect(patchesOf(made)).toEqual([]);
});

test('what others have changed or deleted meanwhile is left', async () => {
  const refused = (status: number) => new WatchLedgerError(new Response(null, { status }), null);
  const answers: Record<string, WatchLedgerError> = { changed: refused(412), deleted: refused(404) };
  const ask = {
    tagged: async ({ path }: { path: string[] }) => {
      const refusal = answers[path[1] ?? ''];
      if (refusal !== undefined) throw refusal;
      return { body: {}, etag: '"2"' };
    },
  } as unknown as Ask;
  const patch = (id: string) => ({ id, fields: { open: false }, etag: '"1"' });
  const { done, left } = await patchAll(ask, ['a', 'changed', 'deleted'].map(patch));
  expect(done).toEqual([{ ...patch('a'), etag: '"2"' }]);
  expect(left.map(({ id }) => id)).toEqual(['changed', 'deleted']);
  // What fails on the way hides nothing of what was done before, and ends it.
  answers.away = refused(503);
  const broken = await patchAll(ask, ['a', 'changed', 'away', 'b'].map(patch));
  expect([broken.done, broken.left, broken.failed].map((each) => each.map(({ id }) => id))).toEqual([
    ['a'],
    ['changed'],
    ['away', 'b'],
  ]);
  await expect(patchAll(ask, ['away', 'b'].map(patch))).rejects.toMatchObject({ status: 503 });
});
