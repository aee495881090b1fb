import type { Activity, Credits, Training } from '@watchledger/contract';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, expectAccessible, type House, openHouse, type Person, reviewer } from './house.ts';

const hour = 3_600;
const wang: Person = { sub: 'u-17', scope: 'watch' };
const li: Person = { sub: 'u-18', scope: 'watch' };
const second: Person = { sub: 'r-2', scope: 'review' };

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const office = house.as(admin);
  await office.put('/v1/organisations/imr', { name: '金属研究所' });
  await office.put('/v1/learners/u-17', { name: '王芳', organisationId: 'imr' });
  await office.put('/v1/learners/u-18', { name: '李雷', organisationId: 'imr' });
});
afterAll(() => house[Symbol.asyncDispose]());

let declarations = 0;
/** Declares a book of two hours, on a day of its own. */
async function declares(who: Person, title: string, more: object = {}): Promise<string> {
  declarations += 1;
  const day = `2026-01-${String(declarations).padStart(2, '0')}`;
  const activity = { category: 'self-study', title, from: day, to: day, seconds: 2 * hour, ...more };
  return (await house.as(who).post<Activity>('/v1/activities', activity)).body.activityId;
}

const stateOf = async (id: string) => {
  const { state, grantedSeconds, comment } = (await house.as(reviewer).get<Activity>(`/v1/activities/${id}`))
    .body;
  return [state, grantedSeconds, comment];
};
const decide = (who: Person, id: string, review: object) =>
  house.as(who).post(`/v1/activities/${id}/review`, review);
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const notice = (page: Page) => page.locator('.notice').textContent();
const go = (page: Page, path: string) => page.goto(house.service.url + path);

test('by keys alone: the next one opens, a reason is chosen, and the keys can be turned off', async () => {
  const book = await declares(wang, '固体物理导论');
  const course = await declares(wang, '材料科学基础', { category: 'online' });
  const page = await house.open(reviewer, '/review');
  await expectAccessible(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  await page.waitForURL(`**/review/${book}?do=approve`);
  await expectAccessible(page);
  expect(await page.locator('.effect').textContent()).toContain('0分 → 2小时');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/review/${course}`);
  expect(await notice(page)).toContain('已批准 2小时：王芳《固体物理导论》');
  expect(await stateOf(book)).toEqual(['approved', 2 * hour, null]);
  await page.keyboard.press('r');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/review');
  expect(await heading(page)).toBe('待审核的申报');
  expect(await page.locator('.blank .heading').textContent()).toBe('全部审核完毕');
  await expectAccessible(page);
  expect(await stateOf(course)).toEqual(['rejected', null, '材料不足']);

  await page.getByLabel('学员或标题').pressSequentially('ja?');
  expect(await page.getByRole('dialog').isVisible()).toBe(false);
  await page.getByLabel('学员或标题').blur();
  await page.keyboard.press('?');
  await expectAccessible(page);
  await page.getByLabel('启用单键快捷键').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').isVisible()).toBe(false);
  await page.getByRole('button', { name: '键盘快捷键' }).click();
  expect(await page.getByLabel('启用单键快捷键').isChecked()).toBe(false);

  await go(page, '/review/history?query=王芳');
  await expectAccessible(page);
  expect(await page.locator('tbody tr').count()).toBe(2);
  await page.getByRole('link', { name: '更正：王芳《材料科学基础》' }).click();
  expect(await page.getByRole('radio', { name: '退回' }).isChecked()).toBe(true);
  await page.getByRole('radio', { name: '批准较少学时' }).check();
  await page.getByLabel('批准多少学时').fill('两小时');
  await page.getByRole('button', { name: '提交决定' }).click();
  expect(await page.locator('#hours-fault').textContent()).toBe('请填写学时，例如 2、1.5 或 1小时30分。');
  await expectAccessible(page);
  await page.getByLabel('批准多少学时').fill('3');
  await page.getByRole('button', { name: '先看影响' }).click();
  expect(await page.locator('#hours-fault').textContent()).toBe('不能多于申报的2小时。');
  await page.getByLabel('批准多少学时').fill('1小时30分');
  await page.getByRole('button', { name: '先看影响' }).click();
  expect(await page.locator('.effect').textContent()).toContain('增加1小时30分');
  await page.getByRole('checkbox', { name: '材料不足' }).uncheck();
  await page.getByRole('button', { name: '提交决定' }).click();
  expect(await notice(page)).toContain('已更正为已批准 1小时30分');
  expect(await stateOf(course)).toEqual(['approved', 1.5 * hour, null]);
  await page.getByRole('button', { name: '撤销更正' }).click();
  expect(await notice(page)).toContain('已更正为已退回');
  expect(await stateOf(course)).toEqual(['rejected', null, '材料不足']);
});

test('of two reviewers the second is told what the first decided, and corrects knowingly', async () => {
  const id = await declares(wang, '两人同时审核');
  const page = await house.open(reviewer, `/review/${id}`);
  await decide(second, id, { decision: 'approve', grantedSeconds: hour });
  await page.getByRole('button', { name: '提交决定' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('r-2已作出决定：已批准 1小时');
  await expectAccessible(page);
  expect(await stateOf(id)).toEqual(['approved', hour, null]);
  // In haste, twice: that is no conflict with oneself.
  await page.getByRole('button', { name: '提交决定' }).dblclick();
  expect(await notice(page)).toContain('已更正为已批准 2小时');

  const own = await declares({ ...reviewer, scope: 'watch' }, '审核员自己的书');
  await go(page, `/review/${own}`);
  expect(await page.locator('.decision').textContent()).toContain('任何人都不能审核自己的申报');
  expect(await page.locator('.decision form').count()).toBe(0);
  await expectAccessible(page);
  await decide(second, own, { decision: 'reject', comment: '测试' });
});

test('several are approved together without a script, and what was not is told one by one', async () => {
  const [kept, gone, changed] = [
    await declares(wang, '一起批准'),
    await declares(li, '先被退回'),
    await declares(li, '又被修改'),
  ];
  const page = await house.open(reviewer, '/review', { javaScript: false });
  await page.getByRole('button', { name: '批准所选…' }).click();
  expect(await notice(page)).toContain('请先勾选要批准的申报。');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: '批准所选…' }).click();
  expect(await heading(page)).toBe('一起批准 3 项申报？');
  await decide(second, gone, { decision: 'reject', comment: '重复' });
  await house.as(li).patch(`/v1/activities/${changed}`, { seconds: hour });
  await page.getByRole('button', { name: '确认批准 3 项' }).click();
  expect(await heading(page)).toBe('只批准了一部分');
  const told = await page.locator('tbody tr').allTextContents();
  expect(told[0]).toContain('已批准');
  expect(told[1]).toContain('r-2已作出决定：已退回');
  expect(told[2]).toContain('学员在您查看之后修改了内容');
  expect([await stateOf(kept), await stateOf(changed)].map(([state]) => state)).toEqual([
    'approved',
    'submitted',
  ]);
  await page.getByRole('link', { name: '又被修改' }).click();
  await page.getByRole('radio', { name: '退回' }).check();
  await page.getByRole('button', { name: '提交决定' }).click();
  expect(await page.locator('#comment-fault').textContent()).toBe('退回时请选择或填写理由。');
  await page.getByRole('checkbox', { name: '学时过多' }).check();
  await page.getByLabel('意见').fill('请重新申报');
  await page.getByRole('button', { name: '提交决定' }).click();
  expect(await stateOf(changed)).toEqual(['rejected', null, '学时过多；请重新申报']);
});

test('the confirmation and its outcome hinder nobody, on a phone, in the dark, in English', async () => {
  await declares(wang, 'First book');
  const page = await house.open(reviewer, '/review', { language: 'en-US', phone: true, dark: true });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('checkbox', { name: 'Choose “First book” of 王芳' }).check();
  await page.getByRole('button', { name: 'Approve chosen…' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Approve 1' }).click();
  expect(await notice(page)).toContain('Approved 1 activity, 2 h altogether.');
});

test('T19: pictures are shown in a sandbox, and all else is only downloaded', async () => {
  const upload = async (name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
    const address = `${house.service.url}/v1/evidence?name=${encodeURIComponent(name)}`;
    const headers = { authorization: `Bearer ${house.service.token({ ...wang })}`, 'content-type': type };
    const answer = await fetch(address, { method: 'POST', headers, body: bytes });
    return ((await answer.json()) as { fileId: string }).fileId;
  };
  const dot =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const picture = await upload('证书.png', 'image/png', new Uint8Array(Buffer.from(dot, 'base64')));
  const pdf = await upload('通知.pdf', 'application/pdf', new TextEncoder().encode('%PDF-1.7 text'));
  const evidence = [{ fileId: picture }, { fileId: pdf }, { url: 'https://example.org/proof' }];
  const page = await house.open(reviewer, `/review/${await declares(wang, '有材料', { evidence })}`);
  await expectAccessible(page);
  const shown = page.getByRole('img', { name: '证明材料图片：证书.png' });
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 10_000 })
    .toBe(1);
  const link = page.getByRole('link', { name: 'https://example.org/proof' });
  expect([await link.getAttribute('rel'), await link.getAttribute('target')]).toEqual([
    'noopener noreferrer',
    '_blank',
  ]);
  for (const [id, type, disposition] of [
    [picture, 'image/png', 'inline'],
    [pdf, 'application/octet-stream', 'attachment'],
  ]) {
    const headers = (await page.request.get(`${house.service.url}/review/evidence/${id}`)).headers();
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toMatch(new RegExp(`^${disposition}; filename\\*=UTF-8''%`));
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*; sandbox$/);
  }
});

test('a training is registered, its attendees confirmed, its hours changed, itself deleted and put back', async () => {
  const page = await house.open(reviewer, '/review/trainings');
  await expectAccessible(page);
  await page.getByRole('link', { name: '登记新培训' }).click();
  const fill = async (values: Record<string, string>) => {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label).first().fill(value);
  };
  await fill({ 培训名称: '质量保证大纲', 线下学时: '一天' });
  await page.getByRole('button', { name: '登记' }).click();
  expect(await page.locator('#offlineSeconds-fault').textContent()).toContain('请填写学时');
  expect(await page.locator('#place-fault').textContent()).toBe('请填写此项。');
  await expectAccessible(page);
  expect(await page.getByLabel('培训名称').inputValue()).toBe('质量保证大纲');
  await fill({
    培训形式: '线下培训',
    培训类别: '专项技术短期培训班',
    主办单位: '金属研究所',
    开始时间: '2026-03-09T09:00',
    结束时间: '2026-03-09T23:59:59',
    培训地点: '沈阳',
    线下学时: '4小时',
  });
  await page.getByRole('button', { name: '登记' }).click();
  expect(await notice(page)).toContain('已登记《质量保证大纲》');
  await expectAccessible(page);
  const id = page.url().split('/').at(-1);
  const { body: training } = await house.as(reviewer).get<Training>(`/v1/trainings/${id}`);
  expect([Date.parse(training.startsAt), training.offlineSeconds]).toEqual([
    Date.UTC(2026, 2, 9, 1),
    4 * hour,
  ]);

  await page.getByRole('link', { name: '登记参加名单' }).click();
  await page.getByLabel('学员编号').fill('u-17，坏 编号\nu-18');
  await page.getByRole('button', { name: '登记并确认' }).click();
  expect(await page.getByRole('alert').locator('li').allTextContents()).toEqual([
    expect.stringMatching(/^第 1 行 · 坏 /),
    expect.stringMatching(/^第 1 行 · 编号 /),
  ]);
  await expectAccessible(page);
  await page.getByLabel('学员编号').fill('u-17\nu-18');
  await page.getByRole('button', { name: '登记并确认' }).click();
  expect(await notice(page)).toContain('已登记并确认 2 人。');
  await expectAccessible(page);

  await page.getByLabel('李雷的线下学时').fill('一些');
  await page.getByRole('button', { name: '确认所选', exact: true }).click();
  expect(await page.locator('tbody .fault').textContent()).toContain('请填写学时');
  await expectAccessible(page);
  await page.getByLabel('李雷的线下学时').fill('1.5');
  await page.getByRole('button', { name: '确认所选', exact: true }).click();
  expect(await notice(page)).toContain('已更新 1 人。');
  const credited = async (who: Person) =>
    (await house.as(who).get<Credits>(`/v1/learners/${who.sub}/credits?year=2026`)).body.offline
      .creditedSeconds;
  expect([await credited(wang), await credited(li)]).toEqual([4 * hour, 1.5 * hour]);

  await page.getByRole('link', { name: '修改培训' }).click();
  expect(await page.getByLabel('结束时间').inputValue()).toBe('2026-03-09T23:59:59');
  await page.getByLabel('线下学时').fill('6');
  await page.getByRole('button', { name: '先看对学员的影响' }).click();
  expect(await page.locator('#gains + p').textContent()).toContain('1 人共增加2小时');
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存' }).click();
  expect([await credited(wang), await credited(li)]).toEqual([6 * hour, 1.5 * hour]);

  await page.getByRole('link', { name: '删除培训' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '删除' }).dblclick();
  await page.getByRole('heading', { name: '已删除' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '恢复这项培训' }).click();
  expect(await notice(page)).toContain('已恢复《质量保证大纲》。');
  expect(await page.locator('tbody tr').count()).toBe(2);
});

test('trainings are imported from a table that was checked before', async () => {
  const page = await house.open(reviewer, '/review/trainings/import');
  const template = await (
    await page.request.get(`${house.service.url}/review/trainings/import/template.csv`)
  ).text();
  await page.getByLabel('表格内容').fill(template.replace('2026-03-09T17:00:00+08:00', '下午'));
  await page.getByRole('button', { name: '检查' }).click();
  expect(await page.getByRole('alert').locator('tbody tr').first().textContent()).toContain('endsAt');
  await expectAccessible(page);
  const name = 'trainings.csv';
  const buffer = Buffer.from(template);
  await page.getByLabel('选择 CSV 文件').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '检查' }).click();
  expect(await page.getByRole('status').textContent()).toContain('新增 1 项');
  await expectAccessible(page);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  expect(await notice(page)).toContain('已导入：新增 1 项');
  expect(await page.locator('tbody').textContent()).toContain('材料表征系列讲座');
});
