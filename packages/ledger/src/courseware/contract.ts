import { type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import type { CoursewareFields, CoursewareLedger, CoursewareSearch, TrailSearch } from './port.ts';

const id = (text: string) => text as CoursewareId;
const film: CoursewareFields = {
  title: '安全生产',
  kind: 'video',
  limitMs: milliseconds(720_000),
  mediaSeconds: 7_200,
  creator: 'Ms Li',
  open: true,
};
const by = (actor: string, at = 1_000) => ({ actor, at: instant(at), reason: null, expected: null });
const everything: CoursewareSearch = {
  query: null,
  kind: null,
  after: null,
  limit: 100,
};
const limitTrail: TrailSearch = { field: 'limitMs', after: null, limit: 100 };

/** What every store of courseware must do; `open` gives an empty one. */
export function coursewareContract(open: () => CoursewareLedger | Promise<CoursewareLedger>): void {
  describe('put', () => {
    test('creates, replaces, and leaves alone what is the same already', async () => {
      const ledger = await open();
      const created = await ledger.put(id('a'), film, by('ann', 1_000));
      expect(created).toEqual({
        outcome: 'created',
        courseware: { ...film, coursewareId: 'a', version: 1, createdAt: 1_000, updatedAt: 1_000 },
      });
      const longer = { ...film, limitMs: milliseconds(7_200_000), creator: null };
      expect(await ledger.put(id('a'), longer, by('bob', 2_000))).toEqual({
        outcome: 'changed',
        courseware: { ...longer, coursewareId: 'a', version: 2, createdAt: 1_000, updatedAt: 2_000 },
      });
      const revision = await ledger.sharedRevision();
      expect(await ledger.put(id('a'), longer, by('cat', 3_000))).toMatchObject({
        outcome: 'unchanged',
        courseware: { version: 2, updatedAt: 2_000 },
      });
      expect(await ledger.sharedRevision()).toBe(revision);
      expect(await ledger.trail(id('a'), limitTrail)).toHaveLength(2);
    });

    test('honours the version that the writer has seen', async () => {
      const ledger = await open();
      const seeing = (...versions: number[]) => ({ ...by('ann'), expected: new Set(versions) });
      expect(await ledger.put(id('a'), film, seeing(1))).toEqual({ outcome: 'conflict' });
      expect(await ledger.put(id('a'), film, { ...by('ann'), expected: 'any' })).toEqual({
        outcome: 'conflict',
      });
      expect(await ledger.get(id('a'))).toBeNull();
      await ledger.put(id('a'), film, by('ann'));
      expect(await ledger.put(id('a'), { ...film, title: 'B' }, seeing(1))).toMatchObject({
        outcome: 'changed',
      });
      expect(await ledger.put(id('a'), { ...film, title: 'C' }, seeing(1))).toEqual({ outcome: 'conflict' });
      expect(await ledger.put(id('a'), { ...film, title: 'D' }, seeing(1, 2))).toMatchObject({
        outcome: 'changed',
      });
      expect(await ledger.get(id('a'))).toMatchObject({ title: 'D', version: 3 });
    });

    test('of two writers who saw the same version, one succeeds', async () => {
      const ledger = await open();
      await ledger.put(id('a'), film, by('ann'));
      const expected = new Set([1]);
      const written = await Promise.all(
        ['ann', 'bob', 'cat'].map((actor) =>
          ledger.put(id('a'), { ...film, title: actor }, { ...by(actor), expected }),
        ),
      );
      expect(written.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'conflict', 'conflict']);
    });
  });

  describe('patch', () => {
    test('changes the named fields only', async () => {
      const ledger = await open();
      await ledger.put(id('a'), film, by('ann'));
      expect(await ledger.patch(id('a'), { title: 'New', creator: null }, by('bob', 2_000))).toEqual({
        outcome: 'changed',
        courseware: {
          ...film,
          title: 'New',
          creator: null,
          coursewareId: 'a',
          version: 2,
          createdAt: 1_000,
          updatedAt: 2_000,
        },
      });
      expect(await ledger.patch(id('a'), {}, by('bob'))).toMatchObject({ outcome: 'unchanged' });
      expect(await ledger.patch(id('a'), { open: false }, { ...by('bob'), expected: new Set([1]) })).toEqual({
        outcome: 'conflict',
      });
    });

    test('knows nothing of what does not exist', async () => {
      const ledger = await open();
      expect(await ledger.patch(id('a'), { open: false }, by('bob'))).toEqual({ outcome: 'unknown' });
    });
  });

  describe('hidden courseware', () => {
    test('is gone for everybody, and its trail stays', async () => {
      const ledger = await open();
      await ledger.put(id('a'), film, by('ann'));
      expect(await ledger.hide(id('a'), { ...by('bob'), expected: new Set([7]) })).toBe('conflict');
      expect(await ledger.hide(id('a'), by('bob'))).toBe('hidden');
      expect(await ledger.get(id('a'))).toBeNull();
      expect(await ledger.getEvenHidden(id('a'))).toMatchObject({ title: film.title, limitMs: film.limitMs });
      expect(await ledger.getEvenHidden(id('never'))).toBeNull();
      expect(await ledger.list(everything)).toEqual([]);
      expect(await ledger.patch(id('a'), { open: false }, by('bob'))).toEqual({ outcome: 'unknown' });
      expect(await ledger.hide(id('a'), by('bob'))).toBe('unknown');
      expect((await ledger.trail(id('a'), limitTrail))?.map(({ action }) => action)).toEqual([
        'created',
        'deleted',
      ]);
    });

    test('returns by being put again, never at a version that was there before', async () => {
      const ledger = await open();
      await ledger.put(id('a'), film, by('ann', 1_000));
      await ledger.hide(id('a'), by('bob', 2_000));
      expect(await ledger.put(id('a'), film, { ...by('ann'), expected: new Set([1, 2]) })).toEqual({
        outcome: 'conflict',
      });
      expect(await ledger.put(id('a'), film, by('ann', 3_000))).toMatchObject({
        outcome: 'created',
        courseware: { version: 3, createdAt: 1_000 },
      });
      const trail = await ledger.trail(id('a'), limitTrail);
      expect(trail?.map(({ action }) => action)).toEqual(['created', 'deleted', 'restored']);
    });
  });

  describe('list', () => {
    test('is in the order of ids, byte by byte, page after page', async () => {
      const ledger = await open();
      const ids = ['b', 'B', 'a-1', 'a.1', 'a1', 'Z', '_', 'a:1', 'a@1', '10', '9'];
      for (const each of ids) await ledger.put(id(each), film, by('ann'));
      const listed: string[] = [];
      for (let after: CoursewareId | null = null; ; ) {
        const page = await ledger.list({ ...everything, after, limit: 2 });
        listed.push(...page.map(({ coursewareId }) => coursewareId));
        after = page.at(-1)?.coursewareId ?? null;
        if (page.length < 2) break;
      }
      expect(listed).toEqual([...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    });

    test('finds parts of titles and ids, and takes every character for itself', async () => {
      const ledger = await open();
      await ledger.put(id('fire-1'), { ...film, title: '消防 100% safe' }, by('ann'));
      await ledger.put(id('tax_2'), { ...film, title: 'Taxes 1000 safe', kind: 'document' }, by('ann'));
      const found = async (query: string) =>
        (await ledger.list({ ...everything, query })).map(({ coursewareId }) => coursewareId);
      expect(await found('消防')).toEqual(['fire-1']);
      expect(await found('TAX')).toEqual(['tax_2']);
      expect(await found('FIRE-')).toEqual(['fire-1']);
      expect(await found('100%')).toEqual(['fire-1']);
      expect(await found('x_2')).toEqual(['tax_2']);
      expect(await found('e_1')).toEqual([]);
      expect(await found('\\')).toEqual([]);
      expect(await found("'")).toEqual([]);
    });

    test('keeps to a kind', async () => {
      const ledger = await open();
      for (const each of ['a', 'b', 'c']) await ledger.put(id(each), film, by('ann'));
      await ledger.put(id('d'), { ...film, kind: 'document' }, by('ann'));
      const ids = async (search: Partial<CoursewareSearch>) =>
        (await ledger.list({ ...everything, ...search })).map(({ coursewareId }) => coursewareId);
      expect(await ids({ kind: 'document' })).toEqual(['d']);
    });
  });

  describe('import', () => {
    const row = (name: string, limitMs: number) => ({
      coursewareId: id(name),
      title: name,
      kind: 'video' as const,
      limitMs: milliseconds(limitMs),
    });

    test('counts what it does, and keeps the fields that it does not name', async () => {
      const ledger = await open();
      await ledger.put(id('a'), { ...film, title: 'a' }, by('ann'));
      await ledger.put(id('b'), { ...film, title: 'b', limitMs: milliseconds(1_000) }, by('ann'));
      const rows = [row('a', 5_000), row('b', 1_000), row('c', 1_000)];
      const revision = await ledger.sharedRevision();
      expect(await ledger.import(rows, by('bob'), true)).toEqual({ created: 1, changed: 1, unchanged: 1 });
      expect(await ledger.sharedRevision()).toBe(revision);
      expect(await ledger.get(id('c'))).toBeNull();
      expect(await ledger.import(rows, by('bob'), false)).toEqual({ created: 1, changed: 1, unchanged: 1 });
      expect(await ledger.get(id('a'))).toMatchObject({
        limitMs: 5_000,
        creator: 'Ms Li',
        mediaSeconds: 7_200,
      });
      expect(await ledger.get(id('c'))).toMatchObject({ limitMs: 1_000, creator: null, open: true });
      expect(await ledger.sharedRevision()).toBeGreaterThan(revision);
      expect(await ledger.import(rows, by('bob'), false)).toEqual({ created: 0, changed: 0, unchanged: 3 });
    });

    test('is all or nothing', async () => {
      const ledger = await open();
      const broken = { ...row('c', 1_000), title: null as unknown as string };
      await expect(
        ledger.import([row('a', 1_000), row('b', 1_000), broken], by('bob'), false),
      ).rejects.toThrow();
      expect(await ledger.list(everything)).toEqual([]);
      expect(await ledger.trail(id('a'), limitTrail)).toBeNull();
    });
  });

  describe('the audit trail', () => {
    test('says who, when, from what, to what', async () => {
      const ledger = await open();
      await ledger.put(id('a'), film, by('ann', 1_000));
      await ledger.patch(
        id('a'),
        { limitMs: milliseconds(7_200_000), title: 'New' },
        {
          ...by('bob', 2_000),
          reason: 'a typing mistake',
        },
      );
      const trail = await ledger.trail(id('a'), limitTrail);
      expect(trail).toMatchObject([
        { actor: 'ann', at: 1_000, action: 'created', reason: null },
        { actor: 'bob', at: 2_000, action: 'updated', reason: 'a typing mistake' },
      ]);
      expect(trail?.[0]?.changes).toContainEqual({ field: 'limitMs', from: null, to: 720_000 });
      expect(trail?.[1]?.changes).toEqual([
        { field: 'title', from: '安全生产', to: 'New' },
        { field: 'limitMs', from: 720_000, to: 7_200_000 },
      ]);
    });

    test('of one field is paged in one order', async () => {
      const ledger = await open();
      await ledger.put(id('a'), film, by('ann'));
      await ledger.put(id('other'), film, by('ann'));
      await ledger.patch(id('a'), { title: '1' }, by('ann'));
      for (const limitMs of [1_000, 2_000, 3_000])
        await ledger.patch(id('a'), { limitMs: milliseconds(limitMs) }, by('ann'));
      await ledger.patch(id('a'), { title: '2' }, by('ann'));
      const sequences = async (search: Partial<TrailSearch>) =>
        (await ledger.trail(id('a'), { ...limitTrail, ...search }))?.map(({ sequence }) => sequence) ?? [];
      const all = await sequences({});
      expect(all).toHaveLength(4);
      expect(all).toEqual([...all].sort((a, b) => a - b));
      expect(await sequences({ after: all[0] ?? null, limit: 2 })).toEqual(all.slice(1, 3));
      const titles = await sequences({ field: 'title' });
      expect(titles).toHaveLength(3);
      expect(titles.filter((each) => all.includes(each))).toEqual([all[0]]);
    });

    test('of what never was is no trail', async () => {
      const ledger = await open();
      expect(await ledger.trail(id('never'), limitTrail)).toBeNull();
    });
  });

  test('every change moves the shared revision', async () => {
    const ledger = await open();
    const seen = [await ledger.sharedRevision()];
    const note = async () => seen.push(await ledger.sharedRevision());
    await ledger.put(id('a'), film, by('ann'));
    await note();
    await ledger.patch(id('a'), { limitMs: milliseconds(1) }, by('ann'));
    await note();
    await ledger.hide(id('a'), by('ann'));
    await note();
    expect(new Set(seen).size).toBe(4);
  });
}
