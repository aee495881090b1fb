import { createCalendar, instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { type Answers, refusal, sender, tagged } from '../../site/site.fixture.ts';
import { learnerPages } from '../routes.tsx';

const draft = {
  activityId: 'a-1',
  learnerId: 'u-17',
  category: 'self-study',
  title: '断裂力学',
  from: '2026-01-05',
  to: '2026-01-05',
  seconds: 7_200,
  evidence: [],
  state: 'draft',
};
const typed = { title: '断裂力学', from: '2026-01-05', hours: '2' };

const desk = (answers: Answers) =>
  sender(
    { sub: 'u-17', scope: 'watch' },
    (site) => learnerPages(site, createCalendar('Asia/Shanghai'), () => instant(Date.UTC(2026, 2, 1))),
    {
      'GET /v1/notices': () => ({ items: [], unread: 0, nextCursor: null }),
      'GET /v1/activities/a-1': () => tagged(draft, '"2"'),
      ...answers,
    },
  );
const etagIn = (page: string) => /name="etag" value="&quot;(\d+)&quot;"/.exec(page)?.[1];

test('what was typed with a mistake stays a change of what its learner saw', async () => {
  const faulty = () => refusal('invalid-request', [{ path: '/title', message: 'is required' }]);
  const { page } = await desk({ 'PATCH /v1/activities/a-1': faulty }).send('/me/activities/a-1/edit', {
    ...typed,
    etag: '"1"',
  });
  expect(page).toContain('请填写此项。');
  expect(etagIn(page)).toBe('1');
});

test('who is told that it was changed elsewhere goes on from there', async () => {
  const { send } = desk({ 'PATCH /v1/activities/a-1': () => refusal('precondition-failed') });
  const { page } = await send('/me/activities/a-1/edit', { ...typed, etag: '"1"' });
  expect(page).toContain('刚刚在别处被修改过');
  expect(etagIn(page)).toBe('2');
});

test('saved but not yet to be submitted, it goes on from what was saved', async () => {
  const { send } = desk({
    'PATCH /v1/activities/a-1': () => tagged(draft, '"3"'),
    'POST /v1/activities/a-1/submit': () =>
      refusal('invalid-request', [{ path: '/to', message: 'is in the future' }]),
  });
  const { page } = await send('/me/activities/a-1/edit', { ...typed, etag: '"1"', as: 'submit' });
  expect(etagIn(page)).toBe('3');
});

test('a form that was sent before says so, and may then declare another one', async () => {
  const { send } = desk({ 'POST /v1/activities': () => refusal('idempotency-conflict') });
  const { page } = await send('/me/activities/new?category=self-study', { ...typed, key: 'k-1' });
  expect(page).toContain('这份表单已经提交过一次');
  expect(page).toContain('value="断裂力学"');
  expect(page).toMatch(/name="key" value="[0-9a-f-]{36}"/);
});
