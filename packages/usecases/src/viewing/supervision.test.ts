import { Problem, type Session } from '@watchledger/contract';
import { LockUnavailable } from '@watchledger/lock';
import { instant } from '@watchledger/rules';
import { beforeEach, describe, expect, it } from 'vitest';
import { heartbeat } from './heartbeat.ts';
import { openSession } from './open-session.ts';
import { activeSessions, endSessionAsAdmin, type SupervisionContext } from './supervision.ts';
import { createViewingBench, type ViewingBench } from './testing/viewing-bench.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

let bench: ViewingBench;
let context: SupervisionContext;
beforeEach(async () => {
  bench = await createViewingBench();
  const { people, supervision } = bench.ledger.office;
  context = { ...bench.context, people, supervision, now: () => bench.clock.now };
  await bench.putCourseware('A', 2 * HOUR);
  const by = { actor: 'hr', at: bench.clock.now, reason: null, expected: null };
  await people.putOrganisation('imr', '金属研究所', by);
  const fields = { name: '王芳', organisationId: 'imr', active: true };
  await people.putLearner('u2' as never, fields, { ...by, officeId: null });
});

async function open(learnerId: string): Promise<Session> {
  const asked = { learnerId, coursewareId: 'A', clientId: 'tab', allowedCourseware: null };
  return (await openSession(bench.context, asked)).session;
}

const beat = (learnerId: string, { sessionId }: Session, watchedMs: number) =>
  heartbeat(bench.context, { learnerId, sessionId, watchedMs, state: 'playing', allowedCourseware: null });

const list = (officeId: string | null = null, more: { limit?: number; cursor?: string | null } = {}) =>
  activeSessions(context, { officeId, limit: 50, ...more });

const end = ({ sessionId }: { sessionId: string }, organisationId: string | null = null, reason?: string) =>
  endSessionAsAdmin(context, { sessionId, actor: 'a-1', organisationId, ownLearnerId: 'a-1', reason });

const refused = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error) => (error instanceof Problem ? error.code : error),
  );

const trail = (sessionId: string) =>
  bench.ledger.office.audit.entries({
    kind: 'session',
    id: sessionId,
    learnerId: null,
    actor: null,
    after: null,
    limit: 9,
  });

describe('who is viewing now', () => {
  it('are those whose session holds its lock, in the order of ids, a page at a time', async () => {
    for (const learnerId of ['u3', 'u1', 'u2']) await open(learnerId);
    const first = await list(null, { limit: 2 });
    expect(first.items.map(({ learnerId }) => learnerId)).toEqual(['u1', 'u2']);
    const next = await list(null, { limit: 2, cursor: first.nextCursor });
    expect(next).toMatchObject({ items: [{ learnerId: 'u3' }], nextCursor: null });
    expect(first.items[1]).toMatchObject({
      name: '王芳',
      organisationId: 'imr',
      coursewareId: 'A',
      title: 'Title of A',
      kind: 'video',
      presenting: 'playing',
      openedAt: '2026-03-01T01:00:00.000Z',
      expiresAt: '2026-03-01T01:01:30.000Z',
      watchedSeconds: 0,
    });
  });

  it('are no more those who fell silent, and those whose page was closed', async () => {
    const [silent, heard] = [await open('u1'), await open('u2')];
    bench.clock.advance(60 * SECOND);
    await beat('u2', heard, 60 * SECOND);
    bench.clock.advance(31 * SECOND);
    expect((await list()).items.map(({ learnerId }) => learnerId)).toEqual(['u2']);
    // Nobody else came: the silent one goes on, and is there again.
    await beat('u1', silent, 20 * SECOND);
    expect((await list()).items).toHaveLength(2);
  });

  it('are told by the clock of this machine where the lock does not answer', async () => {
    await open('u1');
    const lock = { ...context.lock, now: () => Promise.reject(new LockUnavailable('away')) };
    context = { ...context, lock };
    expect((await list()).items).toHaveLength(1);
    bench.clock.advance(90 * SECOND);
    expect((await list()).items).toEqual([]);
  });

  it('are read without the sessions that crashed pages have left', async () => {
    for (const learnerId of ['u1', 'u2']) await open(learnerId);
    bench.clock.advance(10 * 60 * SECOND);
    await open('u3');
    const search = { organisationId: null, after: null, limit: 9 };
    const seenSince = (ms: number) =>
      context.supervision.unsealed({ ...search, seenSince: instant(bench.clock.now - ms) });
    expect(await seenSince(0)).toHaveLength(1);
    expect(await seenSince(10 * 60 * SECOND)).toHaveLength(3);
    expect((await list()).items.map(({ learnerId }) => learnerId)).toEqual(['u3']);
  });

  it('an institute sees its own roster alone', async () => {
    for (const learnerId of ['u1', 'u2']) await open(learnerId);
    expect((await list('imr')).items.map(({ learnerId }) => learnerId)).toEqual(['u2']);
    expect(
      (await activeSessions(context, { officeId: 'imr', organisationId: 'dicp', limit: 9 })).items,
    ).toEqual([]);
    expect(await refused(list(null, { cursor: 'abc' }))).toBe('invalid-request');
  });
});

describe('an admin who ends a session', () => {
  it('seals it at the time of the lock; what was accepted stays, and the page is told', async () => {
    const session = await open('u1');
    bench.clock.advance(20 * SECOND);
    await beat('u1', session, 20 * SECOND);
    bench.clock.advance(7 * SECOND);
    expect(await end(session)).toMatchObject({ state: 'ended', watchedMs: 20 * SECOND });
    const stored = await bench.context.viewing.session(session.sessionId as never);
    expect(stored?.seal).toEqual({ at: bench.clock.now, as: 'ended' });
    bench.clock.advance(13 * SECOND);
    // What was watched up to the sealing is accepted once, and nothing after it (R3a).
    const answer = await beat('u1', session, 40 * SECOND).catch((error) => error);
    expect(answer).toMatchObject({ code: 'session-ended', members: { session: { watchedMs: 27 * SECOND } } });
    expect((await open('u1')).state).toBe('active');
  });

  it('is named in the audit trail, once, with the reason', async () => {
    const session = await open('u1');
    const reason = 'left open over night';
    const by = { actor: 'a-1', at: bench.clock.now, reason };
    // As a first try left it whose sealing was answered by nobody.
    await context.supervision.noteEnding(session.sessionId as never, by);
    await end(session, null, reason);
    await end(session, null, 'again');
    expect(await trail(session.sessionId)).toMatchObject([
      {
        actor: 'a-1',
        action: 'ending',
        subjectKind: 'session',
        subjectId: session.sessionId,
        learnerId: 'u1',
        reason: 'left open over night',
        changes: [{ field: 'state', from: 'active', to: 'ending' }],
      },
    ]);
  });

  it('is named also where another one meant to end it before, and did not', async () => {
    const session = await open('u1');
    const by = { actor: 'a-2', at: bench.clock.now, reason: null };
    await context.supervision.noteEnding(session.sessionId as never, by);
    await end(session);
    expect((await trail(session.sessionId)).map(({ actor }) => actor).sort()).toEqual(['a-1', 'a-2']);
  });

  it('claims no time for others, and ends one that nobody has heard of for long', async () => {
    const session = await open('u1');
    bench.clock.advance(5 * HOUR);
    const ended = await endSessionAsAdmin(context, {
      sessionId: session.sessionId,
      actor: 'a-1',
      organisationId: null,
      ownLearnerId: null,
      watchedMs: HOUR,
    });
    expect(ended).toMatchObject({ state: 'ended', watchedMs: 0 });
  });

  it('of an institute ends those of its roster alone', async () => {
    const [others, theirs] = [await open('u1'), await open('u2')];
    expect(await refused(end(others, 'imr'))).toBe('session-not-found');
    expect(await trail(others.sessionId)).toEqual([]);
    expect((await end(theirs, 'imr')).state).toBe('ended');
    expect(await refused(end({ sessionId: '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11' }))).toBe(
      'session-not-found',
    );
  });

  it('ends the own one as any learner does, with a last claim and without an entry', async () => {
    const session = await open('a-1');
    bench.clock.advance(10 * SECOND);
    const own = { actor: 'a-1', organisationId: null, ownLearnerId: 'a-1', watchedMs: 10 * SECOND };
    const ended = await endSessionAsAdmin(context, { ...own, sessionId: session.sessionId });
    expect(ended.watchedMs).toBe(10 * SECOND);
    expect(await trail(session.sessionId)).toEqual([]);
  });
});
