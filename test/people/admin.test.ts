import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, expectAccessible, type House, learner, openHouse, type Person } from './house.ts';

const other: Person = { sub: 'b-7', scope: 'admin' };

let house: House;
/** Signed in as an admin; the tests go on where the one before has left it. */
let page: Page;
beforeAll(async () => {
  house = await openHouse();
  const { put } = house.as(admin);
  await put('/v1/organisations/imr', { name: '金属研究所' });
  await put('/v1/learners/u-17', { name: '王芳', organisationId: 'imr' });
  await Promise.all(
    ['安全', '写作', '力学'].map((title, at) =>
      put(`/v1/courseware/c${at}`, { title: `${title}导论`, kind: 'video', limitSeconds: 7_200 }),
    ),
  );
  const { body: session } = await watch(learner, 'c0');
  await house.as(learner).post(`/v1/sessions/${session.sessionId}/end`, {});
  page = await house.open(admin, '/admin');
});
afterAll(() => house[Symbol.asyncDispose]());

/** Opens a session and watches for a second. */
async function watch(person: Person, coursewareId: string) {
  const { post } = house.as(person);
  const opened = await post<{ sessionId: string }>('/v1/sessions', { coursewareId, clientId: 'tab' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await post(`/v1/sessions/${opened.body.sessionId}/heartbeats`, { watchedMs: 1_000, state: 'playing' });
  return opened;
}

const h1 = () => page.getByRole('heading', { level: 1 }).textContent();
const notice = () => page.locator('.notice').textContent();
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

test('hours are set in the row: by Enter, with an undo, and nonsense or a quicker colleague are told of', async () => {
  expect(await h1()).toBe('课件管理');
  await expectAccessible(page);
  const hours = page.getByLabel('“写作导论”的约定学时');
  const said = page.locator('#row-c1 output');
  await hours.fill('3');
  await hours.press('Enter');
  await expect.poll(() => said.textContent()).toContain('已保存');
  expect(await hours.inputValue()).toBe('3小时');
  await said.getByRole('button', { name: '撤销' }).click();
  await expect.poll(() => hours.inputValue()).toBe('2小时');
  await expect.poll(() => said.textContent()).toContain('已保存');
  await hours.fill('两小时');
  await hours.press('Enter');
  await expect.poll(() => said.textContent()).toContain('未保存：请填写学时');
  await house.as(other).patch('/v1/courseware/c1', { limitSeconds: 3_600 });
  await hours.fill('5小时');
  await hours.press('Enter');
  await expect.poll(() => said.textContent()).toBe('未保存：b-7刚把学时改成了1小时。');
  await expectAccessible(page);
});

test('who is affected is seen before new hours are saved, and a quicker colleague’s change too', async () => {
  await page.getByLabel('课件名称或编号').fill('安全');
  await press('查找');
  expect(await page.locator('.rows.courseware tbody tr').count()).toBe(1);
  await page.getByRole('link', { name: '安全导论' }).click();
  await page.getByLabel('约定学时').fill('0');
  await page.getByLabel('原因').fill('不再计学时');
  await press('保存修改');
  expect(await h1()).toBe('确认新的约定学时');
  expect(await page.locator('.rows tbody tr').textContent()).toMatch(/王芳u-17 · 金属研究所.*1秒.*0分.*−1秒/);
  await expectAccessible(page);
  await house.as(other).patch('/v1/courseware/c0', { limitSeconds: 10_800 });
  await press('确认并保存');
  expect(await h1()).toBe('这条记录刚被别人改过');
  expect(await page.locator('.note.warn').textContent()).toContain('b-7');
  expect(await page.locator('.differs').textContent()).toBe('约定学时3小时0分');
  await expectAccessible(page);
  await press('仍然用我的修改覆盖');
  expect(await h1()).toBe('确认新的约定学时');
  await press('确认并保存');
  expect(await notice()).toContain('已保存“安全导论”');
  expect(await page.locator('.rows tbody tr').first().textContent()).toContain('3小时 → 0分不再计学时');
  await expectAccessible(page);
});

test('several are changed at once, after one look, and set back', async () => {
  await page.goto(`${house.service.url}/admin/courseware`);
  await page.getByLabel('选择本页全部').check();
  await page.getByLabel('约定学时', { exact: true }).fill('1.5');
  await press('预览');
  expect(await h1()).toBe('批量修改');
  expect(await page.locator('.note, .tag.good').first().textContent()).toContain('1秒');
  await expectAccessible(page);
  await page.getByRole('button', { name: /^确认修改 \d+ 个课件$/ }).click();
  expect(await notice()).toMatch(/已修改 \d+ 个课件/);
  expect(await page.getByLabel('“力学导论”的约定学时').inputValue()).toBe('1小时30分');
  await press('撤销');
  expect(await page.getByLabel('“力学导论”的约定学时').inputValue()).toBe('2小时');
  await press('预览');
  expect(await notice()).toMatch(/未保存|请先选择/);
});

test('what is deleted was asked about first, and is put back', async () => {
  await page.goto(`${house.service.url}/admin/courseware/c2/delete`);
  expect(await h1()).toBe('删除“力学导论”？');
  await expectAccessible(page);
  await press('删除课件');
  expect(await h1()).toBe('课件已删除');
  await expectAccessible(page);
  await press('放回');
  expect(await notice()).toContain('已放回“力学导论”');
  expect(await page.getByLabel('约定学时').inputValue()).toBe('2小时');
});

test('a table is imported once every line at fault is mended', async () => {
  await page.goto(`${house.service.url}/admin/courseware/import`);
  await press('检查');
  expect(await page.locator('.fault').textContent()).toBe('请选择文件或粘贴内容。');
  await page
    .getByLabel('或粘贴表格内容')
    .fill('id\ttitle\tkind\tlimitHours\nd1\t新课\tvideo\t很多\nc1\t写作\tfilm\t1');
  await press('检查');
  expect(await page.locator('.faulty tbody tr').allTextContents()).toEqual([
    '2limitHours请填写学时，例如 2、1.5 或 1小时30分。',
    '3kind请填写 video（视频）或 document（文档）。',
  ]);
  await expectAccessible(page);
  const table = page.getByLabel('或粘贴表格内容');
  await table.fill((await table.inputValue()).replace('很多', '2').replace('film', 'video'));
  await press('检查');
  expect(await page.locator('.counts').textContent()).toBe('新增1个课件修改1个课件不变0个课件');
  await expectAccessible(page);
  await press('确认导入');
  expect(await notice()).toBe('导入完成：新增 1 个，修改 1 个课件。');
});

test('learners are found with their figures, and the roster is kept', async () => {
  await page.goto(`${house.service.url}/admin/learners`);
  await page.getByLabel('姓名或编号').fill('王');
  await page.getByLabel('只看未达标').check();
  await press('查找');
  expect(await page.locator('.rows tbody tr').textContent()).toMatch(/王芳u-17.*金属研究所.*100小时$/);
  await expectAccessible(page);
  await page.getByRole('link', { name: '王芳' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: '“安全导论”的时间线' }).click();
  await expectAccessible(page);
  await page.goBack();
  await page.getByLabel('姓名').fill('王芳芳');
  await press('保存修改');
  expect(await h1()).toBe('王芳芳');
  await press('撤销');
  expect(await h1()).toBe('王芳');
});

test('who studies now appears by itself, and a stuck session is ended with its time kept', async () => {
  await page.goto(`${house.service.url}/admin/sessions`);
  expect(await page.locator('.blank').textContent()).toContain('现在没有人在观看');
  await expectAccessible(page);
  const { body } = await watch(learner, 'c1');
  await expect.poll(() => page.locator('.rows tbody tr').count(), { timeout: 7_000 }).toBe(1);
  await expectAccessible(page);
  await page.getByRole('link', { name: '结束王芳的观看' }).click();
  await expectAccessible(page);
  await page.getByLabel('原因').fill('页面卡住');
  await press('结束观看');
  expect(await notice()).toContain('已记录的时间保留');
  const beat = { watchedMs: 1_000, state: 'playing' };
  const told = await house
    .as(learner)
    .post<{ code: string; session: { watchedMs: number } }>(
      `/v1/sessions/${body.sessionId}/heartbeats`,
      beat,
    );
  expect(told.body).toMatchObject({ code: 'session-ended', session: { watchedMs: 1_000 } });
  await page.goto(`${house.service.url}/admin/audit?kind=session`);
  expect(await page.locator('.audit tbody tr').textContent()).toMatch(
    /a-1.*要求结束观看.*正在观看 → 正在结束页面卡住/,
  );
  await expectAccessible(page);
});

test('a year is closed knowing what is left undecided, compared, and reopened with a reason', async () => {
  const year = new Date().getFullYear() - 1;
  const declared = { category: 'self-study', title: '固体物理', seconds: 3_600 };
  await house.as(learner).post('/v1/activities', { ...declared, from: `${year}-03-01`, to: `${year}-03-01` });
  await page.goto(`${house.service.url}/admin/years`);
  await expectAccessible(page);
  await page.getByRole('link', { name: `结算 ${year} 年度` }).click();
  await press('开始结算');
  expect(await page.locator('.note.warn').textContent()).toContain('还有 1 项申报');
  await expectAccessible(page);
  await page.getByLabel('不再审核，仍然结算').check();
  await press('开始结算');
  expect(await notice()).toBe(`${year} 年度已结算。`);
  await page.getByRole('link', { name: `${year} 年度与现在对比` }).click();
  expect(await page.locator('.blank .heading').textContent()).toBe('没有差别');
  await expectAccessible(page);
  await page.goto(`${house.service.url}/admin/years/${year}/reopen`);
  await page.getByLabel('为什么要重新开放').fill('漏审一项');
  await press('重新开放');
  expect(await notice()).toBe(`${year} 年度已重新开放。`);
});

test('without scripts Enter saves, says so, and is taken back', async () => {
  page = await house.open(admin, '/admin/courseware?query=c1', { javaScript: false });
  const hours = page.getByLabel('“写作”的约定学时');
  await hours.fill('4');
  await hours.press('Enter');
  expect(await notice()).toContain('“写作”的约定学时已改为4小时。');
  await press('撤销');
  expect(await page.getByLabel('“写作”的约定学时').inputValue()).toBe('1小时');
});

test('on a phone, in the dark and in English it hinders nobody either', async () => {
  page = await house.open(admin, '/admin/courseware', { language: 'en-US', phone: true, dark: true });
  for (const path of ['courseware', 'learners', 'learners/u-17', 'audit', 'policy', 'health']) {
    await page.goto(`${house.service.url}/admin/${path}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  }
  expect(await page.locator('.health .heading').textContent()).toBe('All is well');
});
