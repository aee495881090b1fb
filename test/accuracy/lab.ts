import Database from 'better-sqlite3';
import type { BrowserContext, CDPSession, Page } from 'playwright';
import { openUntouchedBrowser } from '../browser/browser.ts';
import { measurePlayedTime, playedTime } from '../browser/played-time.ts';
import { api, fileOf, startRedis, startService, type TestRedis, type TestService } from '../harness/index.ts';
import { type LabSite, openLabSite } from './lab-site.ts';

/** A real service with Redis, a real Chromium that is let be, and pages to play stories on. */
export interface Lab extends AsyncDisposable {
  readonly service: TestService;
  readonly redis: TestRedis;
  readonly site: LabSite;
  /** A learner of their own for a story. */
  visitor(name: string): Visitor;
}

export interface Visitor {
  readonly learner: string;
  /** Opens a page of the lab in a tab in front. */
  open(path: string, query?: Readonly<Record<string, string>>): Promise<LabTab>;
  /** What the service has accepted of all sessions, as stored, ms. */
  acceptedMs(): number;
  /** As another device of the same learner. */
  readonly elsewhere: ReturnType<typeof api>;
}

export interface LabTab {
  readonly page: Page;
  readonly devtools: CDPSession;
  /** Plays, and waits until the video moves. */
  play(): Promise<void>;
  /** Pauses, and waits until the service has answered to that. */
  pause(): Promise<void>;
  /** Sets something of the video, sampling the truth before and after. */
  set(
    name: 'currentTime' | 'playbackRate' | 'loop' | 'src' | 'muted',
    value: number | boolean | string,
  ): Promise<void>;
  /** What was really presented, as measured beside the SDK, ms. */
  playedMs(): Promise<number>;
  /** What the SDK has measured, ms. */
  measuredMs(): Promise<number>;
  /** Resolves when a heartbeat has been answered. */
  heartbeat(): Promise<void>;
}

/** Quick, so that what takes minutes in life can be waited for. */
const policy = {
  heartbeat: '500ms',
  lock: '3s',
  slack: '300ms',
  maxCatchUp: '5m',
  release: '10m',
  documentIdle: '2s',
};

export async function openLab(changes: Partial<typeof policy> = {}): Promise<Lab> {
  const redis = await startRedis();
  let service: TestService | undefined;
  const site = await openLabSite({
    service: () => service?.url ?? '',
    token: (learner) => service?.token({ sub: learner, scope: 'watch' }) ?? '',
  });
  service = await startService({
    policy: { ...policy, ...changes },
    env: { REDIS_URL: redis.url, CORS_ORIGINS: `${site.url},${site.otherOrigin}` },
  });
  const { url, token, databaseUrl } = service;
  const admin = api(url, token({ sub: 'admin', scope: 'admin' }));
  for (const id of ['lab', 'other']) {
    const { status } = await admin.put(`/v1/courseware/${id}`, {
      title: id,
      kind: 'video',
      limitSeconds: 7_200,
    });
    if (status !== 201) throw new Error(`the courseware ${id} was not taken: ${status}`);
  }
  const browser = await openUntouchedBrowser();
  const profile = await browser.newProfile('en-US');
  const ledger = new Database(fileOf(databaseUrl), { readonly: true });
  const accepted = ledger.prepare<[string], { ms: number | null }>(
    'select sum(watched_ms) as ms from sessions where learner_id = ?',
  );

  return {
    service,
    redis,
    site,
    visitor: (learner) => ({
      learner,
      open: (path, query = {}) =>
        openLabTab(profile, `${site.url}${path}?${new URLSearchParams({ learner, ...query })}`),
      acceptedMs: () => accepted.get(learner)?.ms ?? 0,
      elsewhere: api(url, token({ sub: learner, scope: 'watch' })),
    }),
    async [Symbol.asyncDispose]() {
      ledger.close();
      await browser[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
      await service.kill();
      await redis.stop();
    },
  };
}

async function openLabTab(profile: BrowserContext, url: string): Promise<LabTab> {
  const page = await profile.newPage();
  await measurePlayedTime(page);
  await page.goto(url);
  await page.bringToFront();
  return labTab(page);
}

export async function labTab(page: Page): Promise<LabTab> {
  const devtools = await page.context().newCDPSession(page);
  const answered = (state?: string) =>
    page.waitForResponse((response) => {
      if (!response.url().endsWith('/heartbeats') || response.status() !== 200) return false;
      return state === undefined || (response.request().postDataJSON() as { state: string }).state === state;
    });
  return {
    page,
    devtools,
    async play() {
      await page.evaluate(async () => {
        const video = document.querySelector('video') as HTMLVideoElement;
        const from = video.currentTime;
        await video.play();
        while (video.currentTime === from) await new Promise((resolve) => setTimeout(resolve, 5));
      });
    },
    async pause() {
      const heard = answered('paused');
      await page.evaluate(() => document.querySelector('video')?.pause());
      await heard;
    },
    async set(name, value) {
      await page.evaluate(
        ([name, value]) => {
          samplePlayedTime();
          Object.assign(document.querySelector('video') as HTMLVideoElement, { [name]: value });
          samplePlayedTime();
        },
        [name, value] as const,
      );
    },
    playedMs: () => playedTime(page),
    measuredMs: () => page.evaluate(() => lab.measured()),
    heartbeat: async () => void (await answered()),
  };
}

declare global {
  /** In the pages of the lab. */
  var lab: {
    measured(): number;
    watching: { stop(): Promise<void>; takeOver(): void; retry(): void; phase: string };
  };
}
