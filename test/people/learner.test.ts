import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, expectAccessible, type House, learner, openHouse, reviewer } from './house.ts';

let house: House;
const year = new Date().getFullYear();
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());

beforeAll(async () => {
  house = await openHouse();
  const [boss, judge, me] = [house.as(admin), house.as(reviewer), house.as(learner)];
  await boss.put('/v1/organisations/imr', { name: '金属研究所' });
  await boss.put(`/v1/learners/${learner.sub}`, { name: '王芳', organisationId: 'imr' });
  await boss.put('/v1/courseware/cw-1', { title: '材料力学导论', kind: 'video', limitSeconds: 7_200 });
  const training = {
    title: '人工关节生物材料讲座',
    kind: 'academic-report',
    form: '混合培训',
    category: '系列讲座',
    organiser: '金属研究所',
    place: '金属研究所',
    contact: '李老师',
    goal: '交流平台',
    content: '介绍\n人工关节',
    onlineSeconds: 0,
    offlineSeconds: 14_400,
    startsAt: `${year}-01-01T00:00:00+08:00`,
    endsAt: `${year}-01-01T00:00:01+08:00`,
    enrolUntil: '2999-01-01T00:00:00+08:00',
  };
  await judge.put('/v1/trainings/t-1', training);
  await judge.put('/v1/trainings/t-2', { ...training, title: '已满的讲座', category: '其他培训' });
  await watchAndPause(me);
});
afterAll(() => house[Symbol.asyncDispose]());

/** Two seconds played, one paused. */
async function watchAndPause(me: ReturnType<House['as']>): Promise<void> {
  const opened = await me.post<{ sessionId: string }>('/v1/sessions', { coursewareId: 'cw-1' });
  const path = `/v1/sessions/${opened.body.sessionId}`;
  const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await me.post(`${path}/heartbeats`, { watchedMs: 0, state: 'playing', position: 0 });
  await after(2_000);
  await me.post(`${path}/heartbeats`, { watchedMs: 2_000, state: 'paused', position: 2 });
  await after(1_100);
  await me.post(`${path}/end`, { watchedMs: 2_000 });
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const pdf = { name: '读书 证明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 evidence') };

test('what is declared with mistakes is mended in its form, sent twice it is there once, and a decision is news', async () => {
  const page = await house.open(learner, '/me/activities');
  await expectAccessible(page);
  await page.getByRole('link', { name: '新添记录' }).click();
  await expectAccessible(page);
  // By keyboard.
  await page.getByRole('link', { name: '在职自学' }).focus();
  await page.keyboard.press('Enter');
  expect(await heading(page)).toBe('申报在职自学');
  await page.getByLabel('书名或资料名称').fill('断裂力学');
  await page.getByLabel('开始日期').fill(`${year}-01-05`);
  await page.getByLabel('结束日期').fill(`${year}-01-04`);
  await page.getByLabel('学时', { exact: true }).fill('两个钟头');
  await page.getByLabel('证明材料网址').fill('example.org/certificate');
  await page.getByLabel('证明材料文件').setInputFiles(pdf);
  await page.getByLabel('学习内容和收获').fill('第一章\n第二章');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: '提交审核' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('您填写的内容都已保留');
  expect(await page.locator('#hours-fault').textContent()).toContain('1小时30分');
  expect(await page.locator('#to-fault').textContent()).toBe('不能早于开始时间。');
  expect(await page.locator('#links-fault').textContent()).toContain('https://');
  expect(await page.getByLabel('学时', { exact: true }).inputValue()).toBe('两个钟头');
  expect(await page.getByLabel('学习内容和收获').inputValue()).toBe('第一章\n第二章');
  expect(await page.getByLabel('读书 证明.pdf').isChecked()).toBe(true);
  await expectAccessible(page);

  await page.getByLabel('学时', { exact: true }).fill('1小时30分');
  await page.getByLabel('结束日期').fill(`${year}-01-05`);
  await page.getByLabel('证明材料网址').fill('https://example.org/certificate');
  // In haste, twice, with a file that is there: the same form is the same declaration.
  await page.getByLabel('证明材料文件').setInputFiles(pdf);
  await page.getByRole('button', { name: '提交审核' }).dblclick();
  // The second sending breaks the first navigation off, so what is waited for is the page that both lead to.
  await page.getByRole('heading', { level: 1, name: '断裂力学' }).waitFor();
  expect(page.url()).toMatch(/activities\/[0-9a-f-]{36}$/);
  const mine = await house.as(learner).get<{ items: unknown[] }>('/v1/activities');
  expect(mine.body.items).toHaveLength(1);
  await expectAccessible(page);
  const path = new URL(page.url()).pathname;
  const file = page.getByRole('link', { name: pdf.name });
  expect(await file.count()).toBe(1);
  const download = await page.request.get(new URL((await file.getAttribute('href')) ?? '', page.url()).href);
  expect(download.headers()['content-disposition']).toContain('attachment');
  expect(download.headers()['content-security-policy']).toMatch(/; sandbox$/);
  expect((await download.body()).toString()).toContain('evidence');

  await page.goto(`${house.service.url}/me`);
  expect(await page.getByText('待审核或待确认：1小时30分').count()).toBe(1);

  const id = path.split('/').at(-1);
  const decision = { decision: 'approve', grantedSeconds: 3_600, comment: '按一小时计' };
  await house.as(reviewer).post(`/v1/activities/${id}/review`, decision);
  await page.reload();
  expect(await page.locator('.tabs .news').textContent()).toBe('11条新消息');
  const news = page.getByRole('region', { name: '新消息（1）' });
  expect(await news.textContent()).toContain('计入1小时（申报1小时30分）');
  expect(await news.textContent()).toContain('意见：按一小时计');
  await expectAccessible(page);
  await news.getByRole('button', { name: '全部标为已读' }).click();
  expect(await page.locator('.tabs .news').count()).toBe(0);
  expect(await page.locator('.ring b').textContent()).toBe('1小时');
  await page.goto(house.service.url + path);
  expect(await page.locator('.note.good').textContent()).toContain('审核意见：按一小时计');
  expect(await page.getByRole('link', { name: '修改' }).count()).toBe(0);
});

test('without JavaScript a draft is written, changed, submitted, withdrawn and declared anew', async () => {
  const page = await house.open(learner, '/me/activities/new?category=offline', { javaScript: false });
  await page.getByLabel('培训名称').fill('暑期学校');
  await page.getByLabel('培训种类').selectOption('study-abroad');
  await page.getByLabel('国家或地区').fill('法国');
  await page.getByLabel('开始日期').fill(`${year}-01-02`);
  await page.getByLabel('学时', { exact: true }).fill('8');
  await page
    .getByLabel('证明材料文件')
    .setInputFiles([pdf, { ...pdf, name: '照片.gif', mimeType: 'image/gif' }]);
  await page.getByRole('button', { name: '存为草稿' }).click();
  expect(await page.locator('#files-fault').textContent()).toContain('“照片.gif”不是');
  await page.getByRole('button', { name: '存为草稿' }).click();
  expect(await page.getByRole('status').textContent()).toContain('已存为草稿');
  expect(await page.locator('main').textContent()).toContain('法国');
  await page.getByRole('link', { name: '修改' }).click();
  await page.getByLabel('培训名称').fill('材料学会暑期学校');
  await page.getByRole('button', { name: '保存并提交' }).click();
  expect(await heading(page)).toBe('材料学会暑期学校');
  expect(await page.getByRole('status').textContent()).toContain('已提交');
  await page.getByRole('link', { name: '撤回' }).click();
  expect(await page.locator('.note').textContent()).toContain('不能恢复');
  await page.getByRole('button', { name: '确认撤回' }).click();
  expect(await page.getByRole('status').textContent()).toContain('已撤回');
  await page.getByRole('link', { name: '照此重新申报' }).click();
  expect(await page.getByLabel('培训名称').inputValue()).toBe('材料学会暑期学校');
  expect(await page.getByLabel('学时', { exact: true }).inputValue()).toBe('8小时');
});

test('what was watched is told stretch by stretch, with the reasons, and by the calendar', async () => {
  const page = await house.open(learner, '/me/courseware');
  await page.getByLabel('按名称查找').fill('没有的');
  await page.getByRole('button', { name: '查找' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: '显示全部' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: '材料力学导论' }).click();
  expect(await page.locator('.stretches').textContent()).toContain('已暂停或播放完毕，不计时。');
  expect(await page.getByRole('img', { name: /^时间线：计入\d秒/ }).count()).toBe(1);
  await expectAccessible(page);
  await page.goto(`${house.service.url}/me/calendar`);
  await page.locator('.month a').click();
  expect(page.url()).toContain(`day=${today}`);
  expect(await page.getByRole('region', { name: /的学习$/ }).textContent()).toContain('材料力学导论');
  await expectAccessible(page);
});

test('a training is found, enrolled in, undone, confirmed, rated, and stands in the record', async () => {
  const page = await house.open(learner, '/me/trainings');
  await page.getByRole('link', { name: '可以报名' }).click();
  await page.getByText('更多条件').click();
  await page.getByLabel('类别').selectOption({ label: '系列讲座（1）' });
  await page.getByRole('button', { name: '筛选' }).click();
  expect(await page.locator('tbody tr').count()).toBe(1);
  await expectAccessible(page);
  await page.getByRole('link', { name: '人工关节生物材料讲座' }).click();
  await page.getByRole('button', { name: '我要报名' }).click();
  await page.getByRole('status').getByRole('button', { name: '取消报名' }).click();
  await page.getByRole('status').getByRole('button', { name: '重新报名' }).click();
  expect(await page.getByText('已报名，待确认').count()).toBe(1);
  await expectAccessible(page);
  const review = { decision: 'confirm', items: [{ learnerId: learner.sub }] };
  await house.as(reviewer).post('/v1/trainings/t-1/enrolments/review', review);
  await page.reload();
  await page.getByLabel('5星').check();
  await page.getByRole('button', { name: '提交评价' }).click();
  expect(await page.getByText('5.00星（1个评价）').count()).toBe(1);
  await expectAccessible(page);

  await page.goto(`${house.service.url}/me/record`);
  const record = await page.locator('.record').textContent();
  expect(record).toContain(`${year}-01~${year}-12，培训总时长5小时，有效学时5小时。`);
  expect(record).toContain('培训项目1个，其中系列讲座1个。');
  expect(record).toContain('在职自学1项，实际时长1小时。');
  expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.on-paper').textContent()).toMatch(/王芳.*金属研究所.*打印日期/s);
  expect(await page.locator('.top').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${house.service.url}/me/record?from=${year}-05&to=${year}-03`);
  expect(await page.locator('#to-fault').textContent()).toBe('不能早于开始月份。');
  await expectAccessible(page);
});

test('on a phone, in the dark and in English, every page fits and hinders nobody', async () => {
  const page = await house.open(learner, '/me', { language: 'en-US', phone: true, dark: true });
  const paths = [
    '/me/courseware/cw-1',
    `/me/calendar?day=${today}`,
    '/me/activities',
    '/me/activities/new?category=online',
    '/me/trainings',
    '/me/trainings/t-1',
    '/me/record',
    '/me?year=1999',
    '/me/calendar?year=1999',
  ];
  for (const path of paths) {
    await page.goto(house.service.url + path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  }
});
