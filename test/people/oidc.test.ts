import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../harness/index.ts';
import { expectAccessible, type House, openHouse } from './house.ts';
import { client, type OpenIdProvider, openIdProvider } from './open-id-provider.ts';

const accounts = {
  li: { name: '李明', employeeNumber: 'E10017', realm_access: { roles: ['staff'] } },
  wang: { name: '王芳', employeeNumber: 'E10018', realm_access: { roles: ['staff', 'hr'] } },
  zhao: { name: '赵云', employeeNumber: 'E10019', realm_access: { roles: ['visitor'] } },
  qian: { name: '钱多', employeeNumber: '', realm_access: { roles: ['staff'] } },
};

let provider: OpenIdProvider;
let house: House;
beforeAll(async () => {
  // The provider tells at length that it is one for trying out.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  provider = openIdProvider(await freePort(), accounts);
  house = await openHouse({
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_SUBJECT_CLAIM: 'employeeNumber',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ROLES: 'staff=watch,hr=review credits:read',
    },
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await house[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

/** A page in which nobody is signed in; without the fonts that the provider's pages would fetch from elsewhere. */
async function visit(path: string, screen?: Parameters<House['open']>[2]) {
  const page = await house.open(null, path, screen);
  await page.context().route(/fonts\.googleapis/, (route) => route.abort());
  return page;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const pathOf = (page: Page) => page.url().replace(house.service.url, '');

/** What people do at the provider. */
async function signInAs(page: Page, account: keyof typeof accounts) {
  await page.getByPlaceholder('Enter any login').fill(account);
  await page.getByPlaceholder('and password').fill('word');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

test('a provider that is away is told kindly; once it is back the page goes there, and on to the page wanted', async () => {
  const page = await visit('/me?year=2026');
  expect(await heading(page)).toBe('请先登录');
  await expectAccessible(page);
  const callback = page.waitForRequest(/sign-in\/callback/);
  await page.getByRole('link', { name: '登录' }).last().click();
  expect(await heading(page)).toBe('统一登录暂时连不上');
  await expectAccessible(page);

  await provider.start(house.service.url);
  await page.waitForURL(`${provider.issuer}/**`);
  await signInAs(page, 'li');
  await page.waitForURL('**/me?year=2026');
  expect(await page.locator('.who b').textContent()).toBe('李明');
  expect(
    await page.evaluate(() => fetch('/demo/token', { method: 'POST' }).then(({ status }) => status)),
  ).toBe(200);

  // Back leads to no trap, and an old answer to one's page.
  const replayed = (await callback).url();
  await page.goto(replayed);
  expect(pathOf(page)).toBe('/me');
  const stranger = await visit(replayed.replace(house.service.url, ''));
  expect(await heading(stranger)).toBe('这次登录已经失效');
  expect(pathOf(stranger)).toBe('/sign-in/failed?why=expired&to=%2F');
  await expectAccessible(stranger);

  await page.goto(house.service.url);
  expect(await page.locator('#own + .cards h3').allTextContents()).toEqual(['我的学时']);
  await expectAccessible(page);
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.waitForURL('**/signed-out');
  expect(await heading(page)).toBe('您已退出');
  await expectAccessible(page);
  await page.getByRole('link', { name: '重新登录' }).click();
  // Signed out there as well: the provider asks who it is.
  await page.getByPlaceholder('Enter any login').waitFor();
});

test('without JavaScript: cancelled, tried again, signed in and out', async () => {
  const page = await visit('/review', { javaScript: false, language: 'en-US' });
  await page.getByRole('link', { name: 'Sign in' }).last().click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  expect(await heading(page)).toBe('Sign-in was cancelled');
  expect(page.url()).not.toMatch(/state|code|error/);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await signInAs(page, 'wang');
  await page.waitForURL('**/review');
  await page.goto(house.service.url);
  expect(await page.locator('#own + .cards h3').allTextContents()).toEqual([
    'My hours',
    'Review',
    'Overview',
  ]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  expect(await heading(page)).toBe('You are signed out');
});

test('two tabs sign in at once, and Back leads into no trap', async () => {
  const first = await visit('/me');
  const second = await first.context().newPage();
  await second.goto(`${house.service.url}/me/record`);
  for (const tab of [first, second]) {
    await tab.getByRole('link', { name: '登录' }).last().click();
    await tab.waitForURL(`${provider.issuer}/**`);
  }
  await signInAs(second, 'li');
  await second.waitForURL('**/me/record');
  await signInAs(first, 'li');
  await first.waitForURL('**/me');
  await first.goBack();
  await first.goBack();
  expect(await first.locator('.who b').textContent()).toBe('李明');
});

test('without a role: what to ask for, and a way to another account', async () => {
  const page = await visit('/me', { phone: true, dark: true });
  await page.getByRole('link', { name: '登录' }).last().click();
  await signInAs(page, 'zhao');
  await page.waitForURL('**/sign-in/no-role?to=%2Fme');
  expect(await heading(page)).toBe('您的账号还没有开通');
  expect(await page.locator('blockquote').textContent()).toContain('赵云（E10019）');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.getByRole('button', { name: '退出并换一个账号' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.getByRole('link', { name: '重新登录' }).click();
  await signInAs(page, 'qian');
  await page.waitForURL('**/sign-in/failed?why=unusable-account&to=%2F');
  expect(await heading(page)).toBe('这个账号还不能使用');
  await expectAccessible(page);
  expect(house.service.logs()).toContain('the claim employeeNumber is missing or is no learner id');
  expect(house.service.logs()).not.toMatch(/钱多|qian/);
});
