import { Problem, type Session } from '@watchledger/contract';
import { LedgerUnavailable } from '@watchledger/ledger';
import { beforeEach, describe, expect, test } from 'vitest';
import { currentSession } from './current-session.ts';
import { endSession, endSessionByToken } from './end-session.ts';
import { type HeartbeatInput, heartbeat } from './heartbeat.ts';
import { openSession } from './open-session.ts';
import { type BenchOptions, createViewingBench, type ViewingBench } from './testing/viewing-bench.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const anybody = { learnerId: 'u1', allowedCourseware: null } as const;

let bench: ViewingBench;

async function start(options: BenchOptions = {}): Promise<void> {
  bench = await createViewingBench(options);
  await bench.putCourseware('film', 2 * HOUR, 600);
  await bench.putCourseware('other', 2 * HOUR);
}

beforeEach(() => start());

async function open(coursewareId = 'film', learnerId = 'u1') {
  const { session, endToken } = await openSession(bench.context, {
    ...anybody,
    learnerId,
    coursewareId,
    clientId: 'tab',
  });
  return { ...session, endToken };
}

type Said = Partial<Pick<HeartbeatInput, 'played' | 'position' | 'state'>>;

/** A report some seconds later; the claim is all that has passed. */
function beat({ sessionId, openedAt }: Session, said: Said, learnerId = 'u1'): Promise<Session> {
  bench.clock.advance(20 * SECOND);
  const watchedMs = bench.clock.now - Date.parse(openedAt);
  return heartbeat(bench.context, { ...anybody, learnerId, sessionId, watchedMs, state: 'playing', ...said });
}

const end = ({ sessionId }: Session, said: Said) => {
  bench.clock.advance(SECOND);
  return endSession(bench.context, { ...anybody, sessionId, ...said });
};

async function refusal(act: Promise<unknown>): Promise<Problem> {
  const outcome = await act.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Problem)) throw new Error(`expected a problem, got ${String(outcome)}`);
  return outcome;
}

test('left when it had been played to its end, there is nowhere to go on from, whatever was reported before', async () => {
  const session = await open('other');
  await beat(session, { played: [[0, 20]], position: 20 });
  const left = await end(session, { played: [[20, 40]], position: 40, state: 'ended' });
  expect(left.courseware).toMatchObject({ coverageSeconds: 40, resumeAt: null });
});

describe('what a learner has played of a courseware', () => {
  test('is the union of all sessions, each part once, in whole seconds', async () => {
    const first = await open();
    expect(first.courseware).toMatchObject({ coverageSeconds: 0, resumeAt: null });
    await beat(first, { played: [[0, 20.4]], position: 20.4 });
    const again = await beat(first, {
      played: [
        [0, 20.4],
        [100, 110.5],
      ],
      position: 110.5,
    });
    expect(again.courseware).toMatchObject({ coverageSeconds: 30, resumeAt: 110.5 });
    await end(first, { played: [[110.5, 111.6]], position: 111.6 });
    const second = await open();
    expect(second.courseware).toMatchObject({ coverageSeconds: 32, resumeAt: 111.6 });
    const answer = await beat(second, { played: [[10, 30]], position: 30 });
    expect(answer.courseware).toMatchObject({ coverageSeconds: 41, resumeAt: 30 });
  });

  test('is told at openings, for the current session and to reports that tell of it, and else costs nothing', async () => {
    const asked: string[] = [];
    await start({
      wrapCoverage: (coverage) => ({
        get: (...of) => {
          asked.push('get');
          return coverage.get(...of);
        },
        add: (...told) => {
          asked.push('add');
          return coverage.add(...told);
        },
      }),
    });
    const session = await open();
    await beat(session, { played: [[0, 20]], position: 20 });
    const current = await currentSession(bench.context, anybody);
    expect(current.courseware).toMatchObject({ coverageSeconds: 20, resumeAt: 20 });
    expect(asked.splice(0)).toEqual(['get', 'add', 'get']);

    const plain = await beat(session, { position: 40 });
    expect(plain.courseware).not.toHaveProperty('coverageSeconds');
    expect(plain.courseware).not.toHaveProperty('resumeAt');
    const ended = await end(session, { position: 41 });
    expect(ended.courseware).not.toHaveProperty('coverageSeconds');
    expect(asked).toEqual([]);
  });

  test('is never more than the media, and follows its length when that is corrected', async () => {
    const session = await open();
    const answer = await beat(session, { played: [[590, 700]], position: 700 });
    expect(answer.courseware).toMatchObject({ coverageSeconds: 10, resumeAt: null });
    await bench.putCourseware('film', 2 * HOUR, 900);
    expect((await currentSession(bench.context, anybody)).courseware).toMatchObject({
      coverageSeconds: 110,
      resumeAt: 700,
    });
  });

  test('belongs to one learner and one courseware', async () => {
    await beat(await open(), { played: [[0, 20]], position: 20 });
    expect((await open('other')).courseware).toMatchObject({ coverageSeconds: 0, resumeAt: null });
    const stranger = await open('film', 'u2');
    expect(stranger.courseware).toMatchObject({ coverageSeconds: 0, resumeAt: null });
    const stolen = beat(stranger, { played: [[0, 600]] });
    expect((await refusal(stolen)).code).toBe('session-not-found');
    const bound = heartbeat(bench.context, {
      learnerId: 'u2',
      sessionId: stranger.sessionId,
      watchedMs: 0,
      state: 'playing',
      played: [[0, 600]],
      allowedCourseware: new Set(['other']),
    });
    expect((await refusal(bound)).code).toBe('forbidden');
    const guessed = endSessionByToken(bench.context, {
      sessionId: stranger.sessionId,
      endToken: 'guessed',
      played: [[0, 600]],
    });
    expect((await refusal(guessed)).code).toBe('session-not-found');
    expect((await beat(stranger, { played: [] }, 'u2')).courseware).toMatchObject({ coverageSeconds: 0 });
  });

  test('earns nothing', async () => {
    const session = await open();
    const { sessionId } = session;
    const claims = { ...anybody, sessionId, watchedMs: 0, state: 'playing' } as const;
    const answer = await heartbeat(bench.context, { ...claims, played: [[0, 600]], position: 600 });
    expect(answer).toMatchObject({
      watchedMs: 0,
      courseware: { coverageSeconds: 600, creditedSeconds: 0 },
      online: { creditedSeconds: 0 },
    });
  });
});

describe('a learner goes on', () => {
  test('nowhere after the media has ended, though its length is unknown, until it is played again', async () => {
    const session = await open('other');
    const ended = await beat(session, { played: [[0, 20]], position: 20, state: 'ended' });
    expect(ended.courseware).toMatchObject({ coverageSeconds: 20, resumeAt: null });
    expect((await end(session, { played: [], position: 20 })).courseware).toMatchObject({ resumeAt: null });
    const again = await beat(await open('other'), { played: [[5, 9]], position: 9 });
    expect(again.courseware).toMatchObject({ coverageSeconds: 20, resumeAt: 9 });
  });

  test('where the page that ended its session by its secret stood', async () => {
    const { sessionId, endToken } = await open();
    bench.clock.advance(20 * SECOND);
    const last = { sessionId, endToken, watchedMs: 20 * SECOND, played: [[0, 20]] as [number, number][] };
    const closed = await endSessionByToken(bench.context, { ...last, position: 20 });
    expect(closed.courseware).toMatchObject({ coverageSeconds: 20, resumeAt: 20 });
    const again = await endSessionByToken(bench.context, { ...last, position: 20 });
    expect(again.courseware).toEqual(closed.courseware);
  });

  test.each([
    ['a heartbeat', 'session-superseded'],
    ['an end', null],
  ] as const)(
    'not where %s of a replaced session says, though what it played is kept',
    async (what, code) => {
      const first = await open();
      await beat(first, { played: [[0, 20]], position: 20 });
      const second = await open();
      await beat(second, { played: [[300, 320]], position: 320 });
      const late = { played: [[20, 40]], position: 40 } as const;
      const sealed =
        what === 'an end' ? await end(first, late) : (await refusal(beat(first, late))).members.session;
      expect(sealed).toMatchObject({
        state: 'superseded',
        courseware: { coverageSeconds: 60, resumeAt: 320 },
      });
      if (code !== null) expect((await refusal(beat(first, {}))).code).toBe(code);
      expect((await currentSession(bench.context, anybody)).courseware).toMatchObject({
        coverageSeconds: 60,
        resumeAt: 320,
      });
    },
  );

  test('where the page stood last whose session was ended elsewhere, once it tells', async () => {
    const session = await open();
    await beat(session, { played: [[0, 20]], position: 20 });
    await end(session, {});
    const refused = await refusal(beat(session, { played: [[20, 40]], position: 40 }));
    expect(refused).toMatchObject({ code: 'session-ended', status: 410 });
    expect(refused.members.session).toMatchObject({ courseware: { coverageSeconds: 40, resumeAt: 20 } });
    const last = await end(session, { played: [[40, 41]], position: 41 });
    expect(last.courseware).toMatchObject({ coverageSeconds: 41, resumeAt: 41 });
  });
});

test('while its store is away a report is told to come again, and then nothing is lost or counted twice', async () => {
  let away = true;
  await start({
    wrapCoverage: (coverage) => ({
      ...coverage,
      add: async (...told) => {
        if (away) throw new LedgerUnavailable('failed');
        return coverage.add(...told);
      },
    }),
  });
  const session = await open();
  const said = { played: [[0, 20]], position: 20 } as const;
  const refused = await refusal(beat(session, said));
  expect(refused).toMatchObject({ code: 'unavailable', members: { retryAfterSeconds: 2 } });
  away = false;
  expect(await beat(session, said)).toMatchObject({
    watchedMs: 40 * SECOND,
    courseware: { coverageSeconds: 20, resumeAt: 20 },
  });
});
