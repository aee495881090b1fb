import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, Session } from '@watchledger/contract';
import { type Answer, type Api, api, type Deployment } from '../harness/index.ts';

/** What a learner knows of one of its sessions, by its own clock (`performance.now()`, ms). */
export interface Viewing {
  readonly sessionId: string;
  readonly openSentAt: number;
  /** When the last answer, or the news that none will come, arrived. */
  readonly lastAnswerAt: number;
  /** A request is under way, so time up to now may be stored. */
  readonly asking: boolean;
  /** How long in all it stood still, and nothing may have been stored. */
  readonly pausedMs: number;
  /** The most that the service has acknowledged as accepted. */
  readonly acknowledgedMs: number;
  /** The highest claim that the service has acknowledged. */
  readonly acknowledgedClaimMs: number;
}

/** What an audit needs to know of a learner. */
export interface Witness {
  readonly id: string;
  readonly viewings: readonly Viewing[];
  /** Answers that an honest learner must never get. */
  readonly refusals: readonly string[];
}

/** A page that plays and claims what the SDK would. */
export interface Learner extends Witness {
  readonly restless: boolean;
  /** Heartbeats answered 200. */
  readonly acknowledged: number;
  /** Requests that were answered at last, by how often they had to be sent again: not at all, once, or more. */
  readonly requests: Readonly<Requests>;
  /** Answers 503, and how long the slowest of them took. */
  readonly turnedAway: { readonly count: number; readonly slowestMs: number };
  /** Watches until `over`, one request at a time; going on later continues the same session. */
  watch(over: AbortSignal): Promise<void>;
}

export interface Requests {
  answered: number;
  retriedOnce: number;
  retriedMore: number;
}

export interface LearnerOptions {
  readonly id: string;
  /** Now and then ends its session or reloads its page; otherwise it keeps one session for good. */
  readonly restless: boolean;
  /** Milliseconds from one answer to the next heartbeat; otherwise none. */
  readonly paceMs?: number;
  /** Now and then pauses for one pace; otherwise it plays all the time. */
  readonly pausing?: boolean;
  /** Stays with one process, and goes on to the next one when it is not served; otherwise any process will do. */
  readonly loyal?: boolean;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const coursewareId = 'demo-video';
const comeAgainMs = 25;
/** A restless learner ends, and reloads, once in so many heartbeats. */
const restlessness = 40;
/** No learner of any test watches longer: nothing hangs for good. */
const longestMs = 900_000;

export function createLearner(
  deployment: Deployment,
  { id, restless, paceMs = 0, pausing = false, loyal = false }: LearnerOptions,
): Learner {
  const token = deployment.token({ sub: id, scope: 'watch' });
  const callers = deployment.urls.map((url) => api(url, token));
  const viewings: Mutable<Viewing>[] = [];
  const refusals: string[] = [];
  const turnedAway = { count: 0, slowestMs: 0 };
  const requests: Requests = { answered: 0, retriedOnce: 0, retriedMore: 0 };
  /** How often the request under way was not served. */
  let failed = 0;
  let place = Math.floor(Math.random() * callers.length);
  let acknowledged = 0;
  let current: Mutable<Viewing> | null = null;
  /** The claim of a page that has closed, sent until it is answered. */
  let lastClaim: number | null = null;

  async function watch(over: AbortSignal): Promise<void> {
    const giveUpAt = performance.now() + longestMs;
    while (!over.aborted && performance.now() < giveUpAt) {
      await pauseUnless(over, (await turn()) ? paceMs : comeAgainMs);
    }
  }

  /** Whether the service answered. */
  function turn(): Promise<boolean> {
    if (current === null) return open();
    if (lastClaim !== null) return end(current, lastClaim);
    if (pausing && Math.random() < 1 / restlessness) return standStill(current);
    if (restless && Math.random() < 1 / restlessness) return open();
    if (restless && Math.random() < 1 / restlessness) {
      lastClaim = claimOf(current);
      return end(current, lastClaim);
    }
    return beat(current);
  }

  /** The page loads, perhaps again: what the session before had not reported is gone with the page. */
  async function open(): Promise<boolean> {
    current = null;
    const openSentAt = performance.now();
    const answer = await ask<OpenedSession>('/v1/sessions', { coursewareId, clientId: `tab-of-${id}` });
    if (answer === null) return false;
    if (answer.status !== 201) return refused('open', answer);
    const { sessionId, watchedMs } = answer.body;
    const lastAnswerAt = performance.now();
    current = {
      sessionId,
      openSentAt,
      lastAnswerAt,
      asking: false,
      pausedMs: 0,
      acknowledgedMs: watchedMs,
      acknowledgedClaimMs: 0,
    };
    viewings.push(current);
    return true;
  }

  async function beat(viewing: Mutable<Viewing>): Promise<boolean> {
    const claim = claimOf(viewing);
    const message = { watchedMs: claim, state: 'playing', position: claim / 1_000 };
    const answer = await report(viewing, 'heartbeats', message);
    if (answer === null) return false;
    if (answer.status !== 200) return refused('heartbeat', answer);
    acknowledged += 1;
    acknowledge(viewing, answer.body, claim);
    return true;
  }

  /** Says that it pauses, and from then on claims nothing until it plays on. */
  async function standStill(viewing: Mutable<Viewing>): Promise<boolean> {
    const claim = claimOf(viewing);
    const pausedAt = performance.now();
    const told = await report(viewing, 'heartbeats', { watchedMs: claim, state: 'paused' });
    if (told?.status === 200) acknowledge(viewing, told.body, claim);
    await pause(paceMs);
    // The two move together: between them no moment could have been stored.
    viewing.lastAnswerAt = performance.now();
    viewing.pausedMs += viewing.lastAnswerAt - pausedAt;
    return told !== null;
  }

  async function end(viewing: Mutable<Viewing>, claim: number): Promise<boolean> {
    const answer = await report(viewing, 'end', { watchedMs: claim });
    if (answer === null) return false;
    if (answer.status !== 200) return refused('end', answer);
    acknowledge(viewing, answer.body, claim);
    current = null;
    lastClaim = null;
    return true;
  }

  async function report(
    viewing: Mutable<Viewing>,
    what: string,
    message: object,
  ): Promise<Answer<Session> | null> {
    viewing.asking = true;
    const answer = await ask<Session>(`/v1/sessions/${viewing.sessionId}/${what}`, message);
    viewing.asking = false;
    viewing.lastAnswerAt = performance.now();
    return answer;
  }

  /** The answer, or null where the learner is to come again. */
  async function ask<Body>(path: string, message: object): Promise<Answer<Body> | null> {
    const caller = loyal ? callers[place % callers.length] : undefined;
    const answer = await askOne<Body>(caller ?? anyOf(callers), path, message);
    if (answer === null) {
      failed += 1;
      place += 1;
      return null;
    }
    requests.answered += 1;
    if (failed === 1) requests.retriedOnce += 1;
    if (failed > 1) requests.retriedMore += 1;
    failed = 0;
    return answer;
  }

  /** Null: nobody answered, or 503. */
  async function askOne<Body>(caller: Api, path: string, message: object): Promise<Answer<Body> | null> {
    const askedAt = performance.now();
    try {
      const answer = await caller.post<Body>(path, message);
      if (answer.status !== 503) return answer;
      turnedAway.count += 1;
      turnedAway.slowestMs = Math.max(turnedAway.slowestMs, performance.now() - askedAt);
      if (!answer.headers.has('Retry-After')) refusals.push(`${id}: 503 without Retry-After`);
      return null;
    } catch (error) {
      // What fetch rejects with when the connection breaks.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  function refused(what: string, { status, body }: Answer<unknown>): boolean {
    refusals.push(`${id}: ${what} was answered ${status} ${JSON.stringify(body)}`);
    current = null;
    lastClaim = null;
    return false;
  }

  return {
    id,
    restless,
    viewings,
    refusals,
    turnedAway,
    requests,
    get acknowledged() {
      return acknowledged;
    },
    watch,
  };
}

/** A classroom of learners, every second of them restless. */
export function createLearners(deployment: Deployment, count: number, restless = true): Learner[] {
  return Array.from({ length: count }, (_, n) =>
    createLearner(deployment, { id: `u${n}`, restless: restless && n % 2 === 1 }),
  );
}

/** Waits, but no longer than until it is over. */
async function pauseUnless(over: AbortSignal, ms: number): Promise<void> {
  if (ms === 0) return;
  await pause(ms, null, { signal: over }).catch((error: unknown) => {
    if (!over.aborted) throw error;
  });
}

export interface Classroom {
  /** Lets everybody finish the request under way; rejects when one does not come back. */
  stop(): Promise<void>;
}

/** Lets learners watch in the background. */
export function watchTogether(learners: readonly Learner[]): Classroom {
  const over = new AbortController();
  const watching = Promise.all(learners.map((learner) => learner.watch(over.signal)));
  watching.catch(() => over.abort());
  return {
    async stop() {
      over.abort();
      const late = pause(30_000, null, { ref: false }).then(() => {
        throw new Error('a learner did not get an answer for 30 s');
      });
      await Promise.race([watching, late]);
    },
  };
}

/** Waits until everybody's heartbeat has been answered 200 once more; those of whom none was within `ms`. */
export async function silentFor(ms: number, learners: readonly Learner[]): Promise<string[]> {
  const before = learners.map(({ acknowledged }) => acknowledged);
  const giveUpAt = performance.now() + ms;
  for (;;) {
    const silent = learners.filter(({ acknowledged }, n) => acknowledged <= (before[n] ?? 0));
    if (silent.length === 0 || performance.now() > giveUpAt) return silent.map(({ id }) => id);
    await pause(20);
  }
}

/** As a balancer that knows nothing would choose. */
function anyOf(callers: readonly Api[]): Api {
  const caller = callers[Math.floor(Math.random() * callers.length)];
  if (caller === undefined) throw new Error('there is no process');
  return caller;
}

function acknowledge(viewing: Mutable<Viewing>, { watchedMs }: Session, claim: number): void {
  viewing.acknowledgedMs = Math.max(viewing.acknowledgedMs, watchedMs);
  viewing.acknowledgedClaimMs = Math.max(viewing.acknowledgedClaimMs, claim);
}

/** As the SDK: the media plays since the opening was sent, but for its pauses. */
function claimOf({ openSentAt, pausedMs }: Viewing): number {
  return Math.floor(performance.now() - openSentAt - pausedMs);
}
