import { setTimeout as pause } from 'node:timers/promises';
import type { Credits, OpenedSession, PlayState, Session } from '@watchledger/contract';
import {
  type Answer,
  type Api,
  api,
  type ServiceOptions,
  startService,
  type TestService,
  type TokenClaims,
} from '../harness/index.ts';
import { type Stores, startStores } from '../stores/stores.ts';

/** The rules' minutes as tenths of seconds, so that a test can wait for them. */
export const shortPolicy = {
  heartbeat: '200ms',
  lock: '2s',
  maxCatchUp: '2s',
  slack: '100ms',
  release: '2s',
} as const;

/** A service with courseware, and everyone who calls it. */
export interface Site {
  readonly service: TestService;
  readonly admin: Api;
  /** A back end that reads credits. */
  readonly office: Api;
  /** A learner's browser, without the browser; the claims change its token. */
  page(learner: string, claims?: Partial<TokenClaims>): Page;
  put(coursewareId: string, limitSeconds: number): Promise<void>;
  creditsOf(learner: string, year?: number): Promise<Credits>;
}

export interface OpenOptions {
  readonly clientId?: string;
  readonly takeOver?: boolean;
}

export interface Page {
  readonly learner: string;
  readonly caller: Api;
  open(coursewareId: string, options?: OpenOptions): Promise<Answer<OpenedSession>>;
  /** Opens, which must succeed, and reports from then on. */
  watch(coursewareId: string, options?: OpenOptions): Promise<Viewing>;
}

/** What a heartbeat says beside its claim. */
export type Report = { readonly state?: PlayState; readonly position?: number } & Readonly<
  Record<string, unknown>
>;

export interface Viewing {
  readonly session: OpenedSession;
  /** Milliseconds since the opening was asked for: never less than what the service saw pass. */
  elapsedMs(): number;
  beat(watchedMs: number, report?: Report): Promise<Answer<Session>>;
  end(watchedMs?: number): Promise<Answer<Session>>;
  /** Plays on for so long and claims exactly that; answers what was accepted in all. */
  play(ms: number): Promise<Session>;
}

export interface SiteOptions extends Pick<ServiceOptions, 'env' | 'policy' | 'args'> {
  /** Shared with another site; its own, of the kind of this run, otherwise. */
  readonly stores?: Stores;
}

export async function startSite({ stores, env, ...options }: SiteOptions = {}): Promise<Site> {
  const { env: storeEnv } = stores ?? (await startStores());
  return siteOf(await startService({ policy: shortPolicy, ...options, env: { ...storeEnv, ...env } }));
}

function siteOf(service: TestService): Site {
  const as = (sub: string, scope: string) => api(service.url, service.token({ sub, scope }));
  const admin = as('admin', 'admin');
  const office = as('office', 'credits:read');
  return {
    service,
    admin,
    office,
    page: (learner, claims) =>
      pageOf(learner, api(service.url, service.token({ sub: learner, scope: 'watch', ...claims }))),
    async put(coursewareId, limitSeconds) {
      const fields = { title: `The ${coursewareId}`, kind: 'video', limitSeconds };
      const { status, body } = await admin.put(`/v1/courseware/${coursewareId}`, fields);
      if (status !== 200 && status !== 201) throw new Error(`not put: ${JSON.stringify(body)}`);
    },
    async creditsOf(learner, year) {
      const query = year === undefined ? '' : `?year=${year}`;
      const { status, body } = await office.get<Credits>(`/v1/learners/${learner}/credits${query}`);
      if (status !== 200) throw new Error(`no credits: ${JSON.stringify(body)}`);
      return body;
    },
  };
}

export function pageOf(learner: string, caller: Api): Page {
  const open = (coursewareId: string, options: OpenOptions = {}) =>
    caller.post<OpenedSession>('/v1/sessions', { coursewareId, ...options });
  return {
    learner,
    caller,
    open,
    async watch(coursewareId, options) {
      const askedAt = performance.now();
      const { status, body } = await open(coursewareId, options);
      if (status !== 201) throw new Error(`not opened: ${JSON.stringify(body)}`);
      return viewingOf(caller, body, askedAt);
    },
  };
}

/** Timers fire up to a millisecond early and the service's clock counts whole ones. */
const surelyMs = 3;
const paceMs = 200;

function viewingOf(caller: Api, session: OpenedSession, askedAt: number): Viewing {
  const path = `/v1/sessions/${session.sessionId}`;
  let claimMs = 0;
  const beat = (watchedMs: number, report: Report = {}) =>
    caller.post<Session>(`${path}/heartbeats`, {
      watchedMs,
      state: 'playing',
      position: watchedMs / 1_000,
      ...report,
    });
  return {
    session,
    elapsedMs: () => Math.ceil(performance.now() - askedAt),
    beat,
    end: (watchedMs) => caller.post<Session>(`${path}/end`, watchedMs === undefined ? {} : { watchedMs }),
    async play(ms) {
      const untilMs = claimMs + ms;
      for (;;) {
        const stepMs = Math.min(paceMs, untilMs - claimMs);
        await pause(stepMs + surelyMs);
        claimMs += stepMs;
        const { status, body } = await beat(claimMs);
        if (status !== 200) throw new Error(`not accepted: ${JSON.stringify(body)}`);
        if (claimMs >= untilMs) return body;
      }
    },
  };
}
