import { describe, expect, test } from 'vitest';
import { declareActivity, importHistory, reviewActivity } from '../activities/index.ts';
import { me } from '../people/index.ts';
import { openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, hq, institute, training } from '../testing/office-work.ts';
import { decideEnrolments, enrol, putTraining, trainingTerms } from '../trainings/index.ts';
import { readNotices, unreadNotices } from './index.ts';

const mine = { learnerId: 'u1', limit: 10 } as const;

describe('what was decided', () => {
  test('is told with its reason, the newest first, until it was read', async () => {
    const office = await openOffice();
    const id = await approved(
      office,
      'u1',
      declared({ title: 'A book', from: '2026-01-05', hours: 8 }),
      6 * HOUR,
    );
    office.setClock('2026-03-01 12:05');
    await putTraining(office, {
      ...hq,
      id: 't1',
      fields: training({ title: 'A talk', online: 1, offline: 2 }),
    });
    await enrol(office, { id: 't1', learnerId: 'u1' });
    const items = [{ learnerId: 'u1', offlineSeconds: HOUR }];
    await decideEnrolments(office, { ...hq, id: 't1', decision: 'confirm', items, registering: false });
    const { items: notices, unread } = await unreadNotices(office, mine);
    expect(unread).toBe(2);
    expect(notices).toEqual([
      {
        what: 'enrolment',
        id: 't1',
        title: 'A talk',
        decision: 'confirmed',
        seconds: 2 * HOUR,
        declaredSeconds: null,
        reason: null,
        at: '2026-03-01T04:05:00.000Z',
      },
      {
        what: 'activity',
        id,
        title: 'A book',
        decision: 'approved',
        seconds: 6 * HOUR,
        declaredSeconds: 8 * HOUR,
        reason: null,
        at: '2026-03-01T04:00:00.000Z',
      },
    ]);
    await readNotices(office, { learnerId: 'u1', until: notices[1]?.at });
    expect((await unreadNotices(office, mine)).items.map((notice) => notice.id)).toEqual(['t1']);
    await readNotices(office, { learnerId: 'u1' });
    expect(await unreadNotices(office, mine)).toEqual({ items: [], nextCursor: null, unread: 0 });
    // A correction is news again.
    office.setClock('2026-03-01 12:10');
    await reviewActivity(office, { ...hq, id, review: { decision: 'reject', comment: 'Not yours.' } });
    expect((await unreadNotices(office, mine)).items).toMatchObject([
      { id, decision: 'rejected', seconds: 0, reason: 'Not yours.' },
    ]);
  });

  test('is read up to a moment that never goes back and is never in the future', async () => {
    const office = await openOffice();
    const until = (moment: string) => readNotices(office, { learnerId: 'u1', until: moment });
    expect(await until('2026-02-01T00:00:00Z')).toEqual({ readUntil: '2026-02-01T00:00:00.000Z' });
    expect(await until('2026-01-01T00:00:00Z')).toEqual({ readUntil: '2026-02-01T00:00:00.000Z' });
    expect(await until('2999-01-01T00:00:00Z')).toEqual({ readUntil: '2026-03-01T04:00:00.000Z' });
    await approved(office, 'u2', declared());
    expect((await unreadNotices(office, { ...mine, learnerId: 'u2' })).unread).toBe(1);
  });

  test('is news also where it waited its turn while its learner read', async () => {
    const office = await openOffice();
    const { activity } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared(),
      draft: false,
    });
    await putTraining(office, { ...hq, id: 't1', fields: training() });
    office.setClock('2026-03-01 12:05');
    await readNotices(office, { learnerId: 'u1' });
    // Decided by a clock that was read before.
    office.setClock('2026-03-01 12:04');
    await reviewActivity(office, { ...hq, id: activity.activityId, review: { decision: 'approve' } });
    const items = [{ learnerId: 'u1' }];
    await decideEnrolments(office, { ...hq, id: 't1', decision: 'confirm', items, registering: true });
    const row = { ...declared({ title: 'Another' }), kind: null, reference: 'a', learnerId: 'u1' };
    await importHistory(office, { ...hq, rows: [{ line: 2, row }], dryRun: false });
    expect(await unreadNotices(office, mine)).toMatchObject({
      unread: 3,
      items: Array(3).fill({ at: '2026-03-01T04:05:00.001Z' }),
    });
    office.setClock('2026-03-01 12:06');
    await readNotices(office, { learnerId: 'u1' });
    expect((await unreadNotices(office, mine)).unread).toBe(0);
  });

  test('is read page after page, also where much was decided at one moment', async () => {
    const office = await openOffice();
    const ids = new Set<string>();
    for (const nth of [1, 2, 3]) {
      ids.add(await approved(office, 'u1', declared({ title: `Book ${nth}` })));
      await putTraining(office, { ...hq, id: `t${nth}`, fields: training() });
      const items = [{ learnerId: 'u1' }];
      await decideEnrolments(office, { ...hq, id: `t${nth}`, decision: 'confirm', items, registering: true });
      ids.add(`t${nth}`);
    }
    const read: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await unreadNotices(office, { ...mine, limit: 2, cursor });
      read.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(read).toHaveLength(6);
    expect(new Set(read)).toEqual(ids);
    for (const cursor of ['x', Buffer.from('["notices",1,"activity","t1"]').toString('base64url')])
      await expect(unreadNotices(office, { ...mine, cursor })).rejects.toMatchObject({
        code: 'invalid-request',
      });
  });
});

test('learners are told what the roster says of them, and what trainings are filed under', async () => {
  const office = await openOffice();
  await institute(office, 'imr', ['u1']);
  expect(await me(office, { learnerId: 'u1' })).toEqual({
    learnerId: 'u1',
    name: 'Name of u1',
    organisationId: 'imr',
    organisationName: 'Institute imr',
  });
  expect(await me(office, { learnerId: 'u2' })).toMatchObject({ name: null, organisationName: null });
  for (const [id, category] of [
    ['t1', '系列讲座'],
    ['t2', '其他培训'],
    ['t3', '系列讲座'],
  ] as const)
    await putTraining(office, {
      ...hq,
      id,
      fields: training({ category, type: id === 't1' ? '所级' : null }),
    });
  const { types, categories } = await trainingTerms(office);
  expect(types).toEqual([{ name: '所级', count: 1 }]);
  expect(categories).toHaveLength(2);
  expect(categories).toContainEqual({ name: '系列讲座', count: 2 });
});
