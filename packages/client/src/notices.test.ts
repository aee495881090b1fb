import { expect, test, vi } from 'vitest';
import { clientOf, own } from './client.fixture.ts';

const notice = {
  what: 'activity',
  id: '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11',
  title: 'A book',
  decision: 'approved',
  seconds: 3600,
  declaredSeconds: 7200,
  reason: 'One hour of it was read.',
  at: '2026-03-01T01:00:00.000Z',
} as const;

test('notices are listed, and read up to the newest that was shown', async () => {
  const unreadNotices = vi.fn().mockResolvedValue({ items: [notice], nextCursor: null, unread: 1 });
  const readNotices = vi.fn().mockResolvedValue({ readUntil: notice.at });
  const { client } = clientOf({ office: { unreadNotices, readNotices }, ...own });
  expect(await client.unreadNotices({ limit: 5 })).toEqual({ items: [notice], nextCursor: null, unread: 1 });
  expect(unreadNotices).toHaveBeenCalledWith({ learnerId: 'u-17', limit: 5 });
  expect(await client.readNotices(notice.at)).toEqual({ readUntil: notice.at });
  expect(readNotices).toHaveBeenCalledWith({ learnerId: 'u-17', until: notice.at });
  await client.readNotices();
  expect(readNotices).toHaveBeenLastCalledWith({ learnerId: 'u-17' });
});

test('a back end has none, and a moment is one', async () => {
  const { client } = clientOf({ office: {}, scope: 'review' });
  await expect(client.unreadNotices()).rejects.toMatchObject({ code: 'forbidden' });
  const { client: learner } = clientOf({ office: {}, ...own });
  await expect(learner.readNotices('yesterday')).rejects.toMatchObject({ code: 'invalid-request' });
});

test('who one is, and what trainings are filed under', async () => {
  const me = { learnerId: 'u-17', name: '王芳', organisationId: 'imr', organisationName: '金属研究所' };
  const terms = { types: [], categories: [{ name: '系列讲座', count: 2 }] };
  const { client } = clientOf({ office: { me: async () => me, trainingTerms: async () => terms }, ...own });
  expect(await client.me()).toEqual(me);
  expect(await client.trainingTerms()).toEqual(terms);
});
