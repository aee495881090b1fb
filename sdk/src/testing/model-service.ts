import type { Clock } from '../clock.ts';
import type { EndRequest, Heartbeat, OpenedSession, OpenRequest, Session } from '../protocol.ts';

/** What the network or the service does to one request. */
export type Fate = 'answered' | 'lost' | 'reply-lost' | 'unavailable';

interface Row {
  session: Session;
  clientId: string | undefined;
  openedAt: number;
  lastReport: number;
  forfeited: number;
  accepted: number;
}

const HEARTBEAT_MS = 20_000;
const LOCK_MS = 90_000;
const MAX_CATCH_UP_MS = 300_000;
const SLACK_MS = 2_000;

/** A service of one learner that accepts by R2 and keeps one session at a time (R3), with faults on demand. */
export class ModelService {
  /** Every request that reached the wire, in order. */
  readonly heard: { at: number; path: string; body: Record<string, unknown>; bearer: string | null }[] = [];
  readonly rows: Row[] = [];
  fate: () => Fate = () => 'answered';
  latencyMs = 0;
  retryAfter: string | undefined;
  /** Tokens that are refused. */
  readonly expired = new Set<string>();
  readonly forbidden = new Set<string>();
  /** Whether the policy lets the learner take over. */
  canTakeOver = true;
  inFlight = 0;
  mostInFlight = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Accepted over all sessions, ms. */
  get accepted(): number {
    return this.rows.reduce((sum, row) => sum + row.accepted, 0);
  }

  get heartbeats(): Heartbeat[] {
    return this.heard
      .filter(({ path }) => path.endsWith('/heartbeats'))
      .map(({ body }) => body as unknown as Heartbeat);
  }

  get opens(): OpenRequest[] {
    return this.heard
      .filter(({ path }) => path.endsWith('/sessions'))
      .map(({ body }) => body as unknown as OpenRequest);
  }

  get ends(): EndRequest[] {
    return this.heard
      .filter(({ path }) => path.endsWith('/end'))
      .map(({ body }) => body as unknown as EndRequest);
  }

  /** Another device opens, taking over what is open here. */
  openElsewhere(): Row {
    this.#seal('superseded');
    return this.#install('other-courseware', 'other-device');
  }

  /** The learner ends the open session from another device. */
  endElsewhere(): void {
    this.#seal('ended');
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const path = String(input);
    const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
    const bearer = new Headers(init?.headers).get('authorization');
    this.heard.push({ at: this.#clock.now(), path, body, bearer });
    const paced = !path.endsWith('/end');
    if (paced) this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      const fate = this.fate();
      await this.#travel();
      if (fate === 'lost') throw new TypeError('Failed to fetch');
      const answer =
        fate === 'unavailable' ? this.#problem(503, 'unavailable') : this.#answer(path, body, bearer);
      await this.#travel();
      if (fate === 'reply-lost') throw new TypeError('Failed to fetch');
      return answer;
    } finally {
      if (paced) this.inFlight--;
    }
  };

  #travel(): Promise<void> {
    if (!this.latencyMs) return Promise.resolve();
    return new Promise((resolve) => this.#clock.after(this.latencyMs / 2, resolve));
  }

  #answer(path: string, body: Record<string, unknown>, bearer: string | null): Response {
    if (!path.endsWith('/end')) {
      const token = bearer?.slice('Bearer '.length) ?? '';
      if (this.expired.has(token)) return this.#problem(401, 'unauthenticated');
      if (this.forbidden.has(token)) return this.#problem(403, 'forbidden');
    }
    if (path.endsWith('/sessions')) return this.#open(body as unknown as OpenRequest);
    const row = this.rows.find(({ session }) => path.includes(session.sessionId));
    if (!row) return this.#problem(404, 'session-not-found');
    const { state } = row.session;
    this.#accept(row, Number(body.watchedMs));
    if (path.endsWith('/end')) {
      if (state === 'active') row.session.state = 'ended';
      return this.#json(200, row.session);
    }
    if (state === 'superseded') return this.#problem(409, 'session-superseded', { session: row.session });
    if (state === 'ended') return this.#problem(410, 'session-ended', { session: row.session });
    return this.#json(200, row.session);
  }

  #open({ coursewareId, clientId, takeOver }: OpenRequest): Response {
    if (coursewareId === 'none') return this.#problem(404, 'courseware-not-found');
    const active = this.rows.find(({ session }) => session.state === 'active');
    if (
      active &&
      active.clientId !== clientId &&
      !takeOver &&
      this.#clock.now() < active.lastReport + LOCK_MS
    ) {
      const { openedAt, lastSeenAt, expiresAt } = active.session;
      const holder = {
        coursewareId: active.session.coursewareId,
        title: 'Hygiene',
        openedAt,
        lastSeenAt,
        expiresAt,
      };
      return this.#problem(409, 'parallel-viewing', { active: { ...holder, canTakeOver: this.canTakeOver } });
    }
    this.#seal('superseded');
    const row = this.#install(coursewareId, clientId);
    const opened: OpenedSession = { ...row.session, endToken: `end-${row.session.sessionId}` };
    return this.#json(201, opened);
  }

  #install(coursewareId: string, clientId: string | undefined): Row {
    const now = this.#clock.now();
    const moment = new Date(now).toISOString();
    const session: Session = {
      sessionId: `s${this.rows.length + 1}`,
      learnerId: 'u-1',
      coursewareId,
      state: 'active',
      openedAt: moment,
      lastSeenAt: moment,
      expiresAt: new Date(now + LOCK_MS).toISOString(),
      serverTime: moment,
      heartbeatMs: HEARTBEAT_MS,
      lockMs: LOCK_MS,
      watchedMs: 0,
      crediting: true,
      reason: null,
      courseware: {
        title: 'Hand washing',
        kind: 'video',
        limitSeconds: 7200,
        creditedSeconds: 0,
        remainingSeconds: 7200,
      },
      online: { year: 2026, capSeconds: 180_000, creditedSeconds: 0, remainingSeconds: 180_000 },
    };
    const row = { session, clientId, openedAt: now, lastReport: now, forfeited: 0, accepted: 0 };
    this.rows.push(row);
    return row;
  }

  #seal(state: 'superseded' | 'ended'): void {
    for (const { session } of this.rows) if (session.state === 'active') session.state = state;
  }

  /** R2, and R3a in that a sealed session takes nothing here: the tests look at what live ones earn. */
  #accept(row: Row, claim: number): void {
    if (row.session.state !== 'active') return;
    const now = this.#clock.now();
    const growth = Math.max(0, claim - row.forfeited - row.accepted);
    const granted = Math.min(growth, now - row.lastReport, MAX_CATCH_UP_MS);
    row.accepted += granted;
    row.forfeited += Math.max(0, growth - granted - SLACK_MS);
    row.lastReport = now;
    row.session.watchedMs = Math.floor(row.accepted);
    row.session.lastSeenAt = new Date(now).toISOString();
  }

  #problem(status: number, code: string, members: object = {}): Response {
    return this.#json(status, {
      type: `/problems/${code}`,
      title: code,
      status,
      code,
      detail: code,
      ...members,
    });
  }

  #json(status: number, body: object): Response {
    const headers = this.retryAfter && status >= 429 ? { 'retry-after': this.retryAfter } : undefined;
    return Response.json(body, { status, ...(headers && { headers }) });
  }
}
