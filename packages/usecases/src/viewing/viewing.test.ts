import { Problem, type Session } from '@watchledger/contract';
import { LockUnavailable } from '@watchledger/lock';
import { type LearnerId, milliseconds } from '@watchledger/rules';
import { beforeEach, describe, expect, it } from 'vitest';
import { currentSession } from './current-session.ts';
import { endSession, endSessionByToken } from './end-session.ts';
import { heartbeat } from './heartbeat.ts';
import { openSession } from './open-session.ts';
import { type BenchOptions, createViewingBench, type ViewingBench } from './testing/viewing-bench.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let bench: ViewingBench;

async function start(options: BenchOptions = {}): Promise<void> {
  bench = await createViewingBench(options);
  await bench.putCourseware('A', 2 * HOUR);
  await bench.putCourseware('B', 2 * HOUR);
}

beforeEach(() => start());

interface OpenOptions {
  readonly takeOver?: boolean;
  readonly learnerId?: string;
  readonly allowed?: readonly string[];
}

function open(
  coursewareId: string,
  clientId: string,
  { takeOver, learnerId = 'u1', allowed }: OpenOptions = {},
) {
  const allowedCourseware = allowed === undefined ? null : new Set(allowed);
  return openSession(bench.context, { learnerId, coursewareId, clientId, takeOver, allowedCourseware });
}

type State = 'playing' | 'paused' | 'hidden' | 'idle';

function beat({ sessionId }: Session, watchedMs: number, state: State = 'playing'): Promise<Session> {
  return heartbeat(bench.context, { learnerId: 'u1', sessionId, watchedMs, state, allowedCourseware: null });
}

function end({ sessionId }: Session, watchedMs?: number): Promise<Session> {
  return endSession(bench.context, { learnerId: 'u1', sessionId, watchedMs, allowedCourseware: null });
}

async function play(session: Session, from: number, to: number): Promise<Session> {
  let latest = session;
  for (let claim = from + 20 * SECOND; claim <= to; claim += 20 * SECOND) {
    bench.clock.advance(20 * SECOND);
    latest = await beat(session, claim);
  }
  return latest;
}

async function refusal(act: Promise<unknown>): Promise<Problem> {
  const outcome = await act.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Problem)) throw new Error(`expected a problem, got ${String(outcome)}`);
  return outcome;
}

const finalFigures = (problem: Problem) => problem.members.session as Session;

describe('one courseware at a time (R3)', () => {
  it('E3: while A is playing B is refused, naming A; after A has ended B opens', async () => {
    const { session: a } = await open('A', 'tab-1');
    await play(a, 0, 40 * SECOND);
    const refused = await refusal(open('B', 'tab-2'));
    expect(refused.code).toBe('parallel-viewing');
    expect(refused.members.active).toEqual({
      coursewareId: 'A',
      title: 'Title of A',
      openedAt: '2026-03-01T01:00:00.000Z',
      lastSeenAt: '2026-03-01T01:00:40.000Z',
      expiresAt: '2026-03-01T01:02:10.000Z',
      canTakeOver: false,
    });
    expect((await play(a, 40 * SECOND, 60 * SECOND)).watchedMs).toBe(60 * SECOND);
    expect((await end(a)).state).toBe('ended');
    const { session: b } = await open('B', 'tab-2');
    expect(b).toMatchObject({ coursewareId: 'B', watchedMs: 0, state: 'active' });
  });

  it('a refusal to a token bound to B does not name A (T21)', async () => {
    await open('A', 'tab-1');
    const refused = await refusal(open('B', 'tab-2', { allowed: ['B'] }));
    expect(JSON.stringify(refused.document())).not.toContain('Title of A');
    expect(refused.members.active).not.toHaveProperty('coursewareId');
  });

  it('the same tab opening again replaces its own session, and a late end of the old one still counts', async () => {
    const { session: first } = await open('A', 'tab-1');
    await play(first, 0, 20 * SECOND);
    bench.clock.advance(15 * SECOND);
    const { session: second } = await open('A', 'tab-1');
    const closed = await end(first, 35 * SECOND);
    expect(closed).toMatchObject({
      state: 'superseded',
      watchedMs: 35 * SECOND,
      reason: 'session-superseded',
    });
    bench.clock.advance(20 * SECOND);
    expect(await beat(second, 20 * SECOND)).toMatchObject({
      watchedMs: 20 * SECOND,
      courseware: { creditedSeconds: 55 },
    });
  });

  it('E23: a page paused for 29 min keeps others out; for 31 min it does not', async () => {
    const { session: a } = await open('A', 'tab-1');
    await play(a, 0, 20 * SECOND);
    const stayPaused = async (minutes: number) => {
      for (let beats = 0; beats < minutes * 3; beats += 1) {
        bench.clock.advance(20 * SECOND);
        await beat(a, 20 * SECOND, 'paused');
      }
    };
    await stayPaused(29);
    expect((await refusal(open('B', 'tab-2'))).code).toBe('parallel-viewing');
    await stayPaused(2);
    expect((await open('B', 'tab-2')).session.state).toBe('active');
    expect((await refusal(beat(a, 20 * SECOND, 'paused'))).code).toBe('session-superseded');
  });

  it('takeOver is refused unless the policy allows it', async () => {
    await open('A', 'tab-1');
    expect((await refusal(open('B', 'tab-2', { takeOver: true }))).code).toBe('parallel-viewing');
  });

  it('E25: after a take-over, the late report of A is accepted up to that moment', async () => {
    await start({ policy: { parallelViewing: 'take-over' } });
    const { session: a } = await open('A', 'tab-1');
    await play(a, 0, 40 * SECOND);
    bench.clock.advance(19 * SECOND);
    const { session: b } = await open('B', 'tab-2', { takeOver: true });
    expect(b.openedAt).toBe('2026-03-01T01:00:59.000Z');
    bench.clock.advance(SECOND);
    const refused = await refusal(beat(a, 59 * SECOND));
    expect(refused.status).toBe(409);
    expect(finalFigures(refused)).toMatchObject({ watchedMs: 59 * SECOND, state: 'superseded' });
  });

  it('a crashed page frees the lock after 90 s', async () => {
    await open('A', 'tab-1');
    bench.clock.advance(90 * SECOND - 1);
    expect((await refusal(open('B', 'tab-2'))).code).toBe('parallel-viewing');
    bench.clock.advance(1);
    expect((await open('B', 'tab-2')).session.coursewareId).toBe('B');
  });
});

describe('gaps (R2, R3a)', () => {
  it('E14: 3 min without a network while a buffered video plays are accepted at the next heartbeat', async () => {
    const { session } = await open('A', 'tab-1');
    await play(session, 0, 20 * SECOND);
    bench.clock.advance(3 * MINUTE);
    expect(await beat(session, 200 * SECOND)).toMatchObject({ watchedMs: 200 * SECOND, state: 'active' });
  });

  it('E15: of a gap in which another session was opened, what was before the opening counts', async () => {
    const { session: a } = await open('A', 'tab-1');
    await play(a, 0, 20 * SECOND);
    bench.clock.advance(2 * MINUTE);
    await open('B', 'tab-2');
    bench.clock.advance(MINUTE);
    const refused = await refusal(beat(a, 20 * SECOND + 3 * MINUTE));
    expect(refused).toMatchObject({ code: 'session-superseded', status: 409 });
    expect(finalFigures(refused).watchedMs).toBe(20 * SECOND + 2 * MINUTE);
    const again = await refusal(beat(a, 20 * SECOND + 30 * MINUTE));
    expect(finalFigures(again).watchedMs).toBe(20 * SECOND + 2 * MINUTE);
  });

  it('however many late reports come, together they get one catch-up', async () => {
    const { session: a } = await open('A', 'tab-1');
    bench.clock.advance(HOUR);
    await open('B', 'tab-2');
    for (let claim = MINUTE; claim <= HOUR; claim += MINUTE) await refusal(beat(a, claim));
    const refused = await refusal(beat(a, 2 * HOUR));
    expect(finalFigures(refused).watchedMs).toBe(5 * MINUTE);
  });
});

describe('ending', () => {
  it('again answers the same accepted figures', async () => {
    const { session } = await open('A', 'tab-1');
    bench.clock.advance(15 * SECOND);
    const first = await end(session, 15 * SECOND);
    bench.clock.advance(15 * SECOND);
    expect(first).toMatchObject({ state: 'ended', watchedMs: 15 * SECOND, crediting: false });
    expect(await end(session, 30 * SECOND)).toEqual({ ...first, serverTime: '2026-03-01T01:00:30.000Z' });
  });

  it('by its secret works without a token, and a wrong secret finds nothing', async () => {
    const { session, endToken } = await open('A', 'tab-1');
    const { sessionId } = session;
    bench.clock.advance(5 * SECOND);
    const wrong = endSessionByToken(bench.context, { sessionId, endToken: 'guess', watchedMs: 5 * SECOND });
    expect((await refusal(wrong)).code).toBe('session-not-found');
    const ended = await endSessionByToken(bench.context, { sessionId, endToken, watchedMs: 5 * SECOND });
    expect(ended).toMatchObject({ state: 'ended', watchedMs: 5 * SECOND });
  });

  it('from another device without a claim leaves the page its last stretch', async () => {
    const { session } = await open('A', 'tab-1');
    bench.clock.advance(15 * SECOND);
    await end(session);
    bench.clock.advance(5 * SECOND);
    const refused = await refusal(beat(session, 20 * SECOND));
    expect(refused).toMatchObject({ code: 'session-ended', status: 410 });
    expect(finalFigures(refused).watchedMs).toBe(15 * SECOND);
  });
});

describe('what the session answers', () => {
  it('E4: the online cap cuts a viewing short, and the session says so', async () => {
    await start({
      policy: {
        categories: {
          online: { cap: milliseconds(50 * SECOND) },
          'self-study': { cap: null },
          offline: { cap: null },
        },
      },
    });
    const { session } = await open('A', 'tab-1');
    const before = await play(session, 0, 40 * SECOND);
    expect(before).toMatchObject({
      crediting: true,
      reason: null,
      online: { creditedSeconds: 40, remainingSeconds: 10 },
    });
    expect(await play(session, 40 * SECOND, 60 * SECOND)).toMatchObject({
      watchedMs: 60 * SECOND,
      crediting: false,
      reason: 'online-cap-reached',
      online: { creditedSeconds: 50, remainingSeconds: 0 },
    });
  });

  it('a corrected limit is known by the next heartbeat (R8)', async () => {
    await bench.putCourseware('A', 30 * SECOND);
    const { session } = await open('A', 'tab-1');
    expect(await play(session, 0, 40 * SECOND)).toMatchObject({
      reason: 'courseware-limit-reached',
      courseware: { limitSeconds: 30, creditedSeconds: 30, remainingSeconds: 0 },
    });
    await bench.putCourseware('A', HOUR);
    expect(await play(session, 40 * SECOND, 60 * SECOND)).toMatchObject({
      crediting: true,
      reason: null,
      courseware: { limitSeconds: 3_600, creditedSeconds: 60, remainingSeconds: 3_540 },
    });
  });

  it.each(['paused', 'hidden', 'idle'] as const)('"%s" is why time would not count', async (state) => {
    const { session } = await open('A', 'tab-1');
    bench.clock.advance(20 * SECOND);
    expect(await beat(session, 10 * SECOND, state)).toMatchObject({ crediting: false, reason: state });
  });

  it('E7: over New Year the two sides of midnight belong to two years', async () => {
    await start({ startsAt: '2026-12-31T15:50:00Z' });
    const { session } = await open('A', 'tab-1');
    const latest = await play(session, 0, 20 * MINUTE);
    expect(latest).toMatchObject({
      watchedMs: 20 * MINUTE,
      online: { year: 2027, creditedSeconds: 600 },
      courseware: { creditedSeconds: 1_200 },
    });
  });
});

describe('a session belongs to its learner (T10)', () => {
  it('and is not found by anybody else', async () => {
    const { session } = await open('A', 'tab-1', { learnerId: 'u2' });
    expect((await refusal(beat(session, SECOND))).code).toBe('session-not-found');
    expect((await refusal(end(session))).code).toBe('session-not-found');
  });

  it('a token bound to B neither beats nor ends a session of A', async () => {
    const { session } = await open('A', 'tab-1');
    const input = {
      learnerId: 'u1',
      sessionId: session.sessionId,
      watchedMs: 1,
      allowedCourseware: new Set(['B']),
    };
    expect((await refusal(heartbeat(bench.context, { ...input, state: 'playing' }))).code).toBe('forbidden');
    expect((await refusal(endSession(bench.context, input))).code).toBe('forbidden');
    const current = currentSession(bench.context, { learnerId: 'u1', allowedCourseware: new Set(['B']) });
    expect((await refusal(current)).code).toBe('no-active-session');
  });
});

describe('a forgetful lock store', () => {
  it('a wiped lock adopts the session by its next heartbeat, and nothing is lost', async () => {
    const { session } = await open('A', 'tab-1');
    await play(session, 0, 40 * SECOND);
    await bench.rows.forget('u1' as LearnerId);
    expect((await play(session, 40 * SECOND, 80 * SECOND)).watchedMs).toBe(80 * SECOND);
  });

  it('a wiped lock lets no parallel viewing slip through', async () => {
    const { session } = await open('A', 'tab-1');
    await play(session, 0, 40 * SECOND);
    await bench.rows.forget('u1' as LearnerId);
    expect((await refusal(open('B', 'tab-2'))).code).toBe('parallel-viewing');
  });

  it('a lock store that is away is a 503 that says when to come again, and nothing is lost after', async () => {
    let away = false;
    await start({
      wrapLock: (lock) => ({
        ...lock,
        report: async (learnerId, command) => {
          if (away) throw new LockUnavailable('gone');
          return lock.report(learnerId, command);
        },
      }),
    });
    const { session } = await open('A', 'tab-1');
    away = true;
    bench.clock.advance(20 * SECOND);
    const refused = await refusal(beat(session, 20 * SECOND));
    expect(refused).toMatchObject({ code: 'unavailable', status: 503, members: { retryAfterSeconds: 2 } });
    away = false;
    expect((await play(session, 20 * SECOND, 40 * SECOND)).watchedMs).toBe(40 * SECOND);
  });
});

describe('opening', () => {
  it('unknown or closed courseware is refused and changes nothing', async () => {
    const { session } = await open('A', 'tab-1');
    expect((await refusal(open('nothing', 'tab-1'))).code).toBe('courseware-not-found');
    bench.clock.advance(20 * SECOND);
    expect((await beat(session, 20 * SECOND)).state).toBe('active');
  });

  it('T13: of a hundred opens at once one wins', async () => {
    const opens = Array.from({ length: 100 }, (_, index) => open('A', `tab-${index}`));
    const outcomes = await Promise.allSettled(opens);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('the current session can be asked for until it is over', async () => {
    const { session } = await open('A', 'tab-1');
    const ask = () => currentSession(bench.context, { learnerId: 'u1', allowedCourseware: null });
    expect(await ask()).toMatchObject({ sessionId: session.sessionId, state: 'active' });
    await end(session);
    expect((await refusal(ask())).code).toBe('no-active-session');
  });
});
