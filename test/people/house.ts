import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createHmacSigner } from '@watchledger/pages';
import type axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright';
import { expect } from 'vitest';
import { openBrowser } from '../browser/browser.ts';
import { api, type ServiceOptions, startService, type TestService } from '../harness/index.ts';

/** Who is signed in, with the claims that their token would have. */
export interface Person {
  readonly sub: string;
  readonly scope: string;
  readonly org?: string;
}

interface Screen {
  readonly language?: 'zh-CN' | 'en-US';
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
}

/** A running service whose pages people open, in one browser; all of it goes away when disposed of. */
export interface House extends AsyncDisposable {
  readonly service: TestService;
  /** The API as that person. */
  as(person: Person): ReturnType<typeof api>;
  /** A page of a profile of its own, in which that person, or nobody, is signed in. */
  open(person: Person | null, path: string, screen?: Screen): Promise<Page>;
}

export const learner: Person = { sub: 'u-17', scope: 'watch' };
export const reviewer: Person = { sub: 'r-1', scope: 'review credits:read' };
export const admin: Person = { sub: 'a-1', scope: 'admin' };

const hour = 3_600_000;
/** Half of what `axe.source` is, which each page would have to read. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function openHouse(options: ServiceOptions = {}): Promise<House> {
  const service = await startService(options);
  const browser = await openBrowser();
  return {
    service,
    as: (person) => api(service.url, service.token({ ...person })),
    async open(person, path, { language = 'zh-CN', phone = false, dark = false, javaScript = true } = {}) {
      const context = await browser.newProfile(language, {
        colorScheme: dark ? 'dark' : 'light',
        javaScriptEnabled: javaScript,
        viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 860 },
      });
      if (person !== null) await signIn(context, service, person);
      const page = await context.newPage();
      await page.goto(service.url + path);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await service.kill();
    },
  };
}

/** Gives a profile the cookie that signing in would have given it. */
async function signIn(context: BrowserContext, service: TestService, person: Person): Promise<void> {
  const text = Buffer.from(JSON.stringify({ ...person, until: Date.now() + hour })).toString('base64url');
  const value = createHmacSigner(service.secret).sign(text);
  await context.addCookies([{ name: 'watchledger', value, url: service.url }]);
}

/** Nothing that axe-core knows of hinders anybody on this page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
  expect(found, page.url()).toEqual([]);
}
