import { setTimeout as pause } from 'node:timers/promises';
import type { Credits } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { api, startService, type TestService } from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';
import { openBrowser } from './browser.ts';
import { type Guide, openCustomerSite } from './customer-site.ts';
import { expectTrue, quickPolicy } from './demo.ts';
import { openTab, type Tab } from './tab.ts';

const learner = 'u-17';

/** A customer's page in a browser, and the service that it embeds. Goes away when disposed of. */
interface Lesson extends AsyncDisposable {
  readonly tab: Tab;
  /** What its script has heard of the SDK so far, as `type {…}`. */
  heard(): Promise<string[]>;
  creditedSeconds(): Promise<number>;
  /** Opens a courseware elsewhere, as the same learner. */
  openElsewhere(coursewareId: string): Promise<void>;
  tokensGiven(): number;
}

async function openLesson(
  options: { allowed?: boolean; coursewareId?: string; tokenSeconds?: number; guide?: Guide } = {},
): Promise<Lesson> {
  const { allowed = true, coursewareId = 'demo-video', tokenSeconds = 600, guide } = options;
  let service: TestService | undefined;
  const site = await openCustomerSite(() => service?.url ?? '', {
    coursewareId,
    ...(guide === undefined ? {} : { guide }),
    token: () => {
      const exp = Math.floor(Date.now() / 1_000) + tokenSeconds;
      return service?.token({ sub: learner, scope: 'watch', exp }) ?? '';
    },
  });
  service = await startService({
    policy: quickPolicy,
    env: {
      ...(await startStores()).env,
      CORS_ORIGINS: allowed ? site.url : 'https://somebody-else.example.org',
    },
  });
  const { url, token, kill } = service;
  const backEnd = api(url, token({ sub: 'lms', scope: 'credits:read' }));
  const self = api(url, token({ sub: learner, scope: 'watch' }));
  const browser = await openBrowser();
  const tab = await openTab(await browser.newProfile('en-US'));
  await tab.page.goto(site.url);
  return {
    tab,
    heard: () => tab.page.locator('#heard li').allTextContents(),
    async creditedSeconds() {
      const { body } = await backEnd.get<Credits>(`/v1/learners/${learner}/credits`);
      return body.online.creditedSeconds;
    },
    async openElsewhere(coursewareId) {
      const { status } = await self.post('/v1/sessions', { coursewareId, clientId: 'elsewhere' });
      expect(status).toBe(201);
    },
    tokensGiven: site.tokensGiven,
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await kill();
      await site[Symbol.asyncDispose]();
    },
  };
}

test('a customer’s page on another origin records with one script tag', async () => {
  await using lesson = await openLesson();
  const { tab } = lesson;
  await tab.play();
  await pause(1_800);
  await tab.pause();
  expectTrue(await lesson.creditedSeconds(), await tab.played());
  await tab.page.reload();
  await tab.play();
  await pause(1_200);
  await tab.page.goto('about:blank');
  await pause(300);
  expect(await lesson.creditedSeconds()).toBeGreaterThanOrEqual(2);
  expect(tab.faults).toEqual([]);
});

test('the README’s snippet records as it stands, on another origin', async () => {
  await using lesson = await openLesson({ guide: 'README.md' });
  const { tab } = lesson;
  await tab.play();
  await pause(1_800);
  await tab.pause();
  expectTrue(await lesson.creditedSeconds(), await tab.played());
  expect(await tab.page.locator('#notice').textContent()).toBe('');
  expect(tab.faults).toEqual([]);
});

test('the README’s snippet tells the learner of a conflict', async () => {
  await using lesson = await openLesson({ guide: 'README.md' });
  const { tab } = lesson;
  await lesson.openElsewhere('demo-document');
  await tab.play();
  const notice = tab.page.locator('#notice');
  await expect.poll(() => notice.textContent(), { timeout: 3_000 }).toMatch(/^Not recorded: .+ is open\.$/);
  expect(await lesson.creditedSeconds()).toBe(0);
  expect(tab.faults).toEqual([]);
});

test('the SDK guide’s script tag is all that a page needs: it records, shows the learner, and goes on where they left off', async () => {
  await using lesson = await openLesson({ guide: 'sdk/README.md' });
  const { tab } = lesson;
  const status = tab.page.locator('watchledger-status');
  await expect.poll(() => status.locator('[part=state]').textContent(), { timeout: 3_000 }).toBe('Ready');
  await tab.play();
  await pause(6_300);
  expect(await status.locator('[part=state]').textContent()).toBe('Recording');
  await tab.pause();
  expectTrue(await lesson.creditedSeconds(), await tab.played());
  const left = await tab.position();
  await tab.page.reload();
  await tab.play();
  await expect.poll(() => tab.position(), { timeout: 3_000 }).toBeGreaterThan(left - 0.5);
  expect(await tab.position()).toBeLessThan(left + 3);
  expect(tab.faults).toEqual([]);
});

test('a token that expires while the learner watches is renewed without loss', async () => {
  await using lesson = await openLesson({ tokenSeconds: 2 });
  const { tab } = lesson;
  await tab.play();
  await pause(3_200);
  await tab.pause();
  expect(lesson.tokensGiven()).toBeGreaterThanOrEqual(2);
  expectTrue(await lesson.creditedSeconds(), await tab.played());
  expect((await lesson.heard()).filter((line) => line.startsWith('error'))).toEqual([]);
  expect(tab.faults).toEqual([]);
});

test('an origin that the service does not allow hears of it in one error, and the video plays on', async () => {
  await using lesson = await openLesson({ allowed: false });
  const { tab } = lesson;
  await tab.play();
  await expect.poll(lesson.heard, { timeout: 3_000 }).toHaveLength(1);
  expect((await lesson.heard())[0]).toMatch(/^error \{"kind":"network",.*"willRetry":true\}$/);
  const from = await tab.position();
  await pause(1_200);
  expect(await tab.position()).toBeGreaterThan(from + 0.8);
  expect(await lesson.heard()).toHaveLength(1);
  // Chromium itself names the reason in the console.
  expect(tab.faults.filter((fault) => !/blocked by CORS policy/.test(fault))).toEqual([]);
});

test('a courseware that is not registered is named in one error, and the video plays on', async () => {
  await using lesson = await openLesson({ coursewareId: 'no-such-lesson' });
  const { tab } = lesson;
  await tab.play();
  await expect.poll(lesson.heard, { timeout: 3_000 }).toHaveLength(1);
  expect((await lesson.heard())[0]).toMatch(
    /^error \{"kind":"courseware-not-found","message":".*no-such-lesson.*","willRetry":false\}$/,
  );
  const from = await tab.position();
  await pause(1_200);
  expect(await tab.position()).toBeGreaterThan(from + 0.8);
  expect(await lesson.creditedSeconds()).toBe(0);
  expect(tab.faults).toEqual([]);
});
