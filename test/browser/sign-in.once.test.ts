import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDemo } from './demo.ts';
import { openTab } from './tab.ts';

test('a link signs in once; used again elsewhere, it says so in clear words', async () => {
  await using demo = await openDemo();
  const link = demo.service.links().find((url) => url.includes('video')) ?? '';
  const { tab } = await demo.signIn();
  expect(new URL(tab.page.url()).hash).toBe('');
  expect(await tab.page.locator('.who').textContent()).toContain('demo-learner');

  await using browser = await openBrowser();
  const stranger = await openTab(await browser.newProfile('en-US'));
  await stranger.page.goto(link);
  const problem = stranger.page.locator('#sign-in-problem');
  await problem.waitFor();
  await expect.poll(() => problem.textContent()).toContain('was used before');
  expect(new URL(stranger.page.url()).hash).toBe('');
  expect(await stranger.page.locator('#recording').count()).toBe(0);
  expect([...tab.faults, ...stranger.faults]).toEqual([]);
});

test('without a sign-in the video plays, and the page says what to do', async () => {
  await using demo = await openDemo();
  await using browser = await openBrowser();
  const tab = await openTab(await browser.newProfile('zh-CN'));
  await tab.page.goto(`${demo.service.url}/demo/video`);
  expect(await tab.page.locator('.panel').textContent()).toContain('请先登录');
  await tab.play();
  await tab.page.goto(`${demo.service.url}/demo/video#code=not-a-code`);
  await tab.page.reload();
  expect(tab.faults).toEqual([]);
});

test('signed out in another tab, a page that plays goes on until its token ends; the next one says so', async () => {
  await using demo = await openDemo();
  const { tab, another } = await demo.signIn();
  await tab.play();
  await tab.says('state', 'Counting');
  const other = await another('/');
  await other.page.locator('.who button').click();
  await other.page.waitForURL(`${demo.service.url}/`);
  await other.page.goto(`${demo.service.url}/demo/document`);
  expect(await other.page.locator('.panel').textContent()).toContain('Please sign in first');
  await tab.says('state', 'Counting');
  expect([...tab.faults, ...other.faults]).toEqual([]);
});

test('every page of the service keeps its own security policy', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn();
  for (const path of ['/', '/demo/video', '/demo/document', '/docs', '/problems/parallel-viewing']) {
    const answer = await tab.page.goto(demo.service.url + path, { waitUntil: 'networkidle' });
    expect(answer?.status(), path).toBe(200);
    expect(answer?.headers()['content-security-policy'], path).toContain("default-src '");
  }
  expect(tab.faults).toEqual([]);
});
