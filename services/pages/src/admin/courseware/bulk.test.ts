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
  expect(patchesOf(undoOf(closed, { what: 'close' }) ?? '')).toEqual([
    { id: 'a', fields: { open: true } },
    { id: 'b', fields: { open: true } },
  ]);
  const many = Array.from({ length: 200 }, (_, at) => ({ courseware: courseware(`cw-${at}`, 1), etag: '' }));
  expect(undoOf(many, change)).toBeNull();
});

test('what a browser has made up changes nothing', () => {
  for (const made of ['', '{}', 'x', '[[1,2],["a"],["b",null]]']) expect(patchesOf(made)).toEqual([]);
});

test('what others have changed or deleted meanwhile is left', async () => {
  const refused = (status: number) => new WatchLedgerError(new Response(null, { status }), null);
  const answers: Record<string, WatchLedgerError> = { changed: refused(412), deleted: refused(404) };
  const ask = {
    json: async ({ path }: { path: string[] }) => {
      const refusal = answers[path[1] ?? ''];
      if (refusal !== undefined) throw refusal;
    },
  } as unknown as Ask;
  const patches = ['a', 'changed', 'deleted'].map((id) => ({ id, fields: { open: false } }));
  const { done, left } = await patchAll(ask, patches);
  expect([done, left].map((each) => each.map(({ id }) => id))).toEqual([['a'], ['changed', 'deleted']]);
});
