import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, type House, learner, openHouse, reviewer } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

test('a reviewer approves, and the learner’s ring grows', async () => {
  const page = await house.open(learner, '/me');
  expect(await page.locator('.ring b').textContent()).toBe('0分');
  const declared = await house.as(learner).post<{ activityId: string }>('/v1/activities', {
    category: 'self-study',
    title: '固体物理导论',
    from: '2026-03-01',
    to: '2026-03-02',
    seconds: 9_000,
  });
  const path = `/v1/activities/${declared.body.activityId}/review`;
  await house.as(reviewer).post(path, { decision: 'approve' });
  await page.goto(`${house.service.url}/me?year=2026`);
  expect(await page.locator('.ring b').textContent()).toBe('2小时30分');
  expect(await page.locator('.lead').textContent()).toBe(
    '2026年度您已完成2小时30分，再学97小时30分将达到100小时的目标！',
  );
  await expectAccessible(page);
});

test('on a phone, in the dark and in English it hinders nobody either', async () => {
  const page = await house.open(learner, '/me', { language: 'en-US', phone: true, dark: true });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Study hours of \d{4}$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});

test('a page that is not theirs says so, and one that is not there too', async () => {
  const page = await house.open(learner, '/admin/learners');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('没有权限');
  await expectAccessible(page);
  await page.goto(`${house.service.url}/me/nothing`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('没有这一页');
  await expectAccessible(page);
});
