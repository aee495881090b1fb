import { expect, test } from 'vitest';
import { type Answers, nobody, refusal, sender, tagged } from '../../site/site.fixture.ts';
import { reviewPages } from '../routes.tsx';

const submitted = {
  activityId: 'a-1',
  learnerId: 'u-17',
  category: 'self-study',
  kind: null,
  title: '断裂力学',
  from: '2026-01-05',
  to: '2026-01-05',
  seconds: 7_200,
  evidence: [],
  state: 'submitted',
  grantedSeconds: null,
  comment: null,
  decidedBy: null,
  decidedAt: null,
  submittedAt: '2026-01-06T01:00:00Z',
  updatedAt: '2026-01-06T01:00:00Z',
};
const approved = {
  ...submitted,
  state: 'approved',
  grantedSeconds: 7_200,
  decidedAt: '2026-01-07T01:00:00Z',
};

const desk = (activity: object, answers: Answers = {}) =>
  sender({ sub: 'r-1', scope: 'review' }, reviewPages, {
    'GET /v1/activities/a-1': () => tagged(activity, '"2"'),
    'GET /v1/activities': nobody,
    'GET /v1/learners': nobody,
    'GET /v1/organisations': nobody,
    ...answers,
  });

const conflict = { 'POST /v1/activities/a-1/review': () => refusal('precondition-failed') };

test('a decision that was typed with a mistake stays one about what its reviewer saw', async () => {
  const { page } = await desk(submitted).send('/review/a-1', { etag: '"1"', decision: 'reject' });
  expect(page).toContain('退回时请选择或填写理由。');
  expect(page).toContain('name="etag" value="&quot;1&quot;"');
});

test('sent twice in haste, a decision is one, and no conflict', async () => {
  const { send, asked } = desk({ ...approved, decidedBy: 'r-1' }, conflict);
  const { goesTo, says } = await send('/review/a-1', { etag: '"1"', decision: 'full' });
  expect(goesTo).toBe('/review');
  expect(says).toContain('已批准 2小时');
  expect(asked.find(({ method }) => method === 'POST')?.headers.get('if-match')).toBe('"1"');
});

test('who is told that another has decided goes on from there', async () => {
  const { send } = desk({ ...approved, decidedBy: 'r-2' }, conflict);
  const { page } = await send('/review/a-1', { etag: '"1"', decision: 'full' });
  expect(page).toContain('r-2已作出决定');
  expect(page).toContain('name="etag" value="&quot;2&quot;"');
});
