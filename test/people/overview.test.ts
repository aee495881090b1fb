import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, expectAccessible, type House, openHouse, type Person, reviewer } from './house.ts';

const leader: Person = { sub: 'leader-1', scope: 'credits:read' };
const ofInstitute: Person = { ...leader, sub: 'leader-2', org: 'icr' };
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const hour = 3_600;

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const office = house.as(admin);
  for (const [id, name] of [
    ['imr', '金属研究所'],
    ['icr', '化学研究所'],
  ])
    await office.put(`/v1/organisations/${id}`, { name });
  for (const [id, name, organisationId] of [
    ['u-1', '李雷', 'imr'],
    ['u-2', '韩梅', 'imr'],
    ['u-3', '王芳', 'icr'],
  ])
    await office.put(`/v1/learners/${id}`, { name, organisationId });
  await house.as(reviewer).put('/v1/trainings/t-1', {
    title: '<b>岗前</b>培训',
    kind: 'training',
    form: '面授',
    category: '岗前培训',
    organiser: '金属研究所',
    place: '沈阳',
    onlineSeconds: 0,
    offlineSeconds: 100 * hour,
    startsAt: `${year - 1}-12-01T09:00:00+08:00`,
    endsAt: `${year}-01-01T17:00:00+08:00`,
  });
  const items = [{ learnerId: 'u-1' }, { learnerId: 'u-3', offlineSeconds: 30 * hour }];
  await house.as(reviewer).post('/v1/trainings/t-1/attendance', { items });
});
afterAll(() => house[Symbol.asyncDispose]());

test('a leader reads in words how far everybody is, opens a table, and chooses an institute', async () => {
  const page = await house.open(leader, '/overview');
  expect(await page.locator('.lead').textContent()).toContain('3人中1人已达标（33%）。');
  expect(await page.locator('.lead').textContent()).toContain('1人还没有任何有效学时。');
  expect(await page.getByRole('img', { name: /^柱状图/ }).isVisible()).toBe(true);
  await expectAccessible(page);

  const months = page.getByRole('region', { name: '逐月学时' }).first();
  await months.locator('summary').focus();
  await page.keyboard.press('Enter');
  const january = months.getByRole('row', { name: new RegExp(`${year}年1月`) });
  expect(await january.textContent()).toContain('130小时');
  await expectAccessible(page);

  await page.getByLabel('单位', { exact: true }).selectOption('化学研究所');
  await page.getByRole('button', { name: '查看' }).click();
  expect(await page.locator('.lead').textContent()).toContain('化学研究所 · 1人中0人已达标');
  expect(await page.getByLabel('单位', { exact: true }).inputValue()).toBe('icr');
});

test('takes the figures along as a table for spreadsheets', async () => {
  const page = await house.open(leader, '/overview');
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 CSV' }).first().click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe(`distribution-${year}.csv`);
  const answer = await page.request.get(`${house.service.url}/overview/institutes.csv?lang=en`);
  expect(await answer.text()).toContain('Institute,Credited on average (hours),Reached,Share,Learners\r\n');
  expect((await page.request.get(`${house.service.url}/overview/others.csv`)).status()).toBe(404);
});

test('without scripts, on a phone, in the dark and in English it is the same', async () => {
  const screen = { language: 'en-US', phone: true, dark: true, javaScript: false } as const;
  const page = await house.open(ofInstitute, '/overview', screen);
  expect(await page.locator('.lead').textContent()).toContain('0 of 1 learners have reached the goal (0%).');
  expect(await page.getByLabel('Institute').count()).toBe(0);
  await page.locator('summary').first().click();
  expect(await page.getByRole('row', { name: /30–40%/ }).textContent()).toContain('1100%');
  await page.getByLabel('Year').selectOption(String(year));
  await page.getByRole('button', { name: 'Show' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`Overview of ${year}`);
});

test('another institute is refused, and a phone in the dark hinders nobody', async () => {
  const page = await house.open(ofInstitute, '/overview?organisationId=imr', { phone: true, dark: true });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('没有权限');
  await page.goto(`${house.service.url}/overview?year=${year - 3}`);
  expect(await page.locator('.lead').textContent()).toContain('1人中0人已达标');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
