import { expect, test } from 'vitest';
import { type Answers, refusal, sender, tagged } from '../../site/site.fixture.ts';
import { reviewPages } from '../routes.tsx';

const hour = 3_600;
const fields = {
  title: '质量保证大纲',
  kind: 'training',
  form: '线下培训',
  category: '系列讲座',
  organiser: '金属研究所',
  place: '沈阳',
  onlineSeconds: 0,
  offlineSeconds: 4 * hour,
  startsAt: '2026-03-09T01:00:00.000Z',
  endsAt: '2026-03-09T15:59:59.000Z',
};
const typed = {
  ...fields,
  onlineSeconds: '0',
  offlineSeconds: '4小时',
  startsAt: '2026-03-09T09:00',
  endsAt: '2026-03-09T23:59:59',
  trainingId: 't-1',
};
const training = { ...fields, trainingId: 't-1', enrolUntil: null, coursewareIds: [], confirmed: 0 };

const desk = (answers: Answers) => sender({ sub: 'r-1', scope: 'review' }, reviewPages, answers);
const taken = () => refusal('precondition-failed');

test('a new training overwrites none; sent twice in haste, it is registered once', async () => {
  const { send, asked } = desk({
    'PUT /v1/trainings/t-1': taken,
    'GET /v1/trainings/t-1': () => tagged(training, 'W/"1"'),
  });
  expect(await send('/review/trainings/new', typed)).toMatchObject({
    goesTo: '/review/trainings/t-1',
    says: '已登记《质量保证大纲》，学员可以报名了。',
  });
  expect(asked[0]?.headers.get('if-none-match')).toBe('*');
  expect(asked[0]?.headers.get('if-match')).toBeNull();
});

test('sent again with other words, it becomes a change of what is there', async () => {
  const { send } = desk({
    'PUT /v1/trainings/t-1': taken,
    'GET /v1/trainings/t-1': () => tagged({ ...training, place: '北京' }, 'W/"7"'),
  });
  const { page, goesTo } = await send('/review/trainings/new', typed);
  expect(goesTo).toBeNull();
  expect(page).toContain('这项培训已经登记过了');
  expect(page).toContain('action="/review/trainings/t-1/edit"');
  expect(page).toContain('name="etag" value="W/&quot;7&quot;"');
  expect(page).toContain('value="沈阳"');
  expect(page).toContain('value="2026-03-09T23:59:59" step="1"');
});

test('deleted twice in haste, it can still be put back', async () => {
  const { send, asked } = desk({ 'DELETE /v1/trainings/t-1': () => refusal('training-not-found') });
  const { page } = await send('/review/trainings/t-1/delete', {
    etag: 'W/"1"',
    training: JSON.stringify(fields),
  });
  expect(asked[0]?.headers.get('if-match')).toBe('W/"1"');
  expect(page).toContain('《质量保证大纲》已删除');
  expect(page).toContain('action="/review/trainings/t-1/put-back"');
  expect(page).toContain('2026-03-09T15:59:59.000Z');
});

test('what is put back overwrites nothing that is there', async () => {
  const backOver = (there: object) =>
    desk({ 'PUT /v1/trainings/t-1': taken, 'GET /v1/trainings/t-1': () => there });
  const form = { training: JSON.stringify(fields) };
  const other = backOver({ ...training, title: '别的培训' });
  expect((await other.send('/review/trainings/t-1/put-back', form)).says).toContain('没有恢复');
  expect(other.asked[0]?.headers.get('if-none-match')).toBe('*');
  const same = backOver(training);
  expect((await same.send('/review/trainings/t-1/put-back', form)).says).toBe('已恢复《质量保证大纲》。');
});
