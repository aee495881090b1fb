import type { Courseware, Credits, Session } from '@watchledger/contract';
import { expect } from 'vitest';
import { api, startService, type TestRedis, type TestService } from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import { openTab, type Tab } from './tab.ts';

export const learner = 'demo-learner';

/** Seconds instead of minutes, so that what takes long in life can be waited for. */
export const quickPolicy = {
  heartbeat: '1s',
  lock: '3s',
  slack: '300ms',
  maxCatchUp: '20s',
  release: '1m',
  documentIdle: '2s',
};

export type DemoPage = 'video' | 'document' | 'hls' | 'video-js' | 'pdf' | 'frame';

/** A service with its demo pages, a browser, and somebody who visits; all of it goes away when disposed of. */
export interface Demo extends AsyncDisposable {
  readonly service: TestService;
  /** Where the locks are; null: in the service. */
  readonly redis: TestRedis | null;
  /** Signs in by a start-up link, in a browser profile of its own. */
  signIn(page?: DemoPage, language?: 'en-US' | 'zh-CN'): Promise<Visitor>;
  /** What a back end reads. */
  credits(): Promise<Credits>;
  /** The active session as the service has it, if there is one. */
  current(): Promise<Session | undefined>;
  /** Gives a courseware of the demo another limit. */
  limit(coursewareId: string, limitSeconds: number): Promise<void>;
}

export interface Visitor {
  /** The tab that came by the link. */
  readonly tab: Tab;
  /** Another tab of the same browser, on the video unless told otherwise. */
  another(path?: string): Promise<Tab>;
}

export async function openDemo(
  options: { policy?: object; browse?: () => Promise<TestBrowser> } = {},
): Promise<Demo> {
  const { env, redis } = await startStores();
  const service = await startService({
    policy: { ...quickPolicy, ...options.policy },
    env,
  });
  const browser = await (options.browse ?? openBrowser)();
  const backEnd = api(service.url, service.token({ sub: 'lms', scope: 'credits:read' }));
  const self = api(service.url, service.token({ sub: learner, scope: 'watch' }));
  const admin = api(service.url, service.token({ sub: 'admin', scope: 'admin' }));

  return {
    service,
    redis,
    async signIn(page = 'video', language = 'en-US') {
      const link = service.links().find((url) => url.includes(`/demo/${page}#`));
      if (link === undefined) throw new Error(`no link to the ${page}:\n${service.logs()}`);
      const context = await browser.newProfile(language);
      const tab = await openTab(context);
      await tab.page.goto(link);
      await tab.page.waitForSelector('#recording');
      return {
        tab,
        async another(path = '/demo/video') {
          const other = await openTab(context);
          await other.page.goto(service.url + path);
          return other;
        },
      };
    },
    async credits() {
      const { status, body } = await backEnd.get<Credits>(`/v1/learners/${learner}/credits`);
      expect(status).toBe(200);
      return body;
    },
    async current() {
      const { status, body } = await self.get<Session>('/v1/sessions/current');
      return status === 200 ? body : undefined;
    },
    async limit(coursewareId, limitSeconds) {
      const { status } = await admin.patch<Courseware>(`/v1/courseware/${coursewareId}`, { limitSeconds });
      expect(status).toBe(200);
    },
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await service.kill();
      await redis?.stop();
    },
  };
}

/** Whole seconds, which are floored, agree with milliseconds to half a second. */
export function expectTrue(seconds: number, playedMs: number): void {
  expect(seconds, `${playedMs} ms were played`).toBeGreaterThanOrEqual(Math.floor((playedMs - 500) / 1_000));
  expect(seconds, `${playedMs} ms were played`).toBeLessThanOrEqual((playedMs + 500) / 1_000);
}

/** Without what the browser itself says of requests that nobody answered. */
export const withoutTheWire = (faults: readonly string[]) =>
  faults.filter((fault) => !/net::ERR_|Failed to load/.test(fault));
