import {
  type Calendar,
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  type Instant,
  instant,
  type LearnerId,
  milliseconds,
  parseDay,
  type SessionId,
} from '@watchledger/rules';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LockUnavailable, type ViewingLock } from './port.ts';
import type { KnownSession, LockRow, LockTerms, OpenCommand, OpenReply } from './protocol.ts';

/** A lock whose clock the test sets. */
export interface LockUnderTest {
  readonly lock: ViewingLock;
  /** The same lock as other processes reach it; itself where there can be no others. */
  readonly peers: readonly ViewingLock[];
  setNow(now: Instant): Promise<void>;
  /** Loses a learner's row, as a restart of the store would. */
  forget(learnerId: LearnerId): Promise<void>;
  close(): Promise<void>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const calendar = createCalendar('Asia/Shanghai');
const terms: LockTerms = defaultPolicy;
const noon = instant(Date.parse('2026-03-01T12:00:00+08:00'));
const at = (afterNoon: number) => instant(noon + afterNoon);

/** What every lock does, however it is made. */
export function lockContract(
  start: (given: { calendar: Calendar; terms: LockTerms }) => Promise<LockUnderTest>,
): void {
  let under: LockUnderTest;
  let lock: ViewingLock;
  let learner: LearnerId;
  let learners = 0;
  let sessions = 0;

  beforeAll(async () => {
    under = await start({ calendar, terms });
    lock = under.lock;
    return () => under.close();
  });
  beforeEach(async () => {
    learners += 1;
    learner = `u-${learners}` as LearnerId;
    await clock(0);
  });

  const clock = (afterNoon: number) => under.setNow(at(afterNoon));

  function opening(command: Partial<OpenCommand> = {}): OpenCommand {
    sessions += 1;
    return {
      sessionId: `s-${sessions}` as SessionId,
      coursewareId: 'cw-1' as CoursewareId,
      clientId: null,
      takeOver: false,
      known: null,
      ...command,
    };
  }
  const open = (command: Partial<OpenCommand> = {}): Promise<OpenReply> =>
    lock.open(learner, opening(command));
  async function opened(command: Partial<OpenCommand> = {}): Promise<LockRow> {
    const reply = await open(command);
    expect(reply.kind).toBe('opened');
    return reply.row;
  }
  async function heartbeat(session: LockRow, afterNoon: number, claimMs: number, state = 'playing' as const) {
    await clock(afterNoon);
    return lock.report(learner, { sessionId: session.sessionId, claimMs, state });
  }
  async function pausedUntil(session: LockRow, from: number, until: number, claimMs: number) {
    for (let after = from; after <= until; after += 20 * SECOND) {
      await clock(after);
      const reply = await lock.report(learner, { sessionId: session.sessionId, claimMs, state: 'paused' });
      expect(reply.kind).toBe('reported');
    }
  }
  const end = (session: LockRow, claimMs: number | null = null) =>
    lock.end(learner, { sessionId: session.sessionId, claimMs });
  const known = (session: KnownSession, sealed = false, until: Instant = session.lastReportAt) => ({
    known: { session, sealed, until },
  });

  describe('opening', () => {
    it('starts a session with nothing watched, stamped by the lock’s clock', async () => {
      const command = opening({ coursewareId: 'cw-7' as CoursewareId, clientId: 'tab-1' });
      expect(await lock.open(learner, command)).toEqual({
        kind: 'opened',
        row: {
          sessionId: command.sessionId,
          coursewareId: 'cw-7',
          clientId: 'tab-1',
          openedAt: noon,
          lastReportAt: noon,
          grewAt: noon,
          watchedMs: 0,
          forfeitedMs: 0,
          day: parseDay('2026-03-01'),
          dayMs: 0,
          previousDayMs: 0,
          state: 'playing',
          endedAt: null,
        },
      });
    });

    it('again with the same session changes nothing, so that the command may run twice', async () => {
      const command = opening();
      const first = await lock.open(learner, command);
      await clock(20 * SECOND);
      const { sessionId } = command;
      const reply = await lock.report(learner, { sessionId, claimMs: 20 * SECOND, state: 'playing' });
      expect(first.kind).toBe('opened');
      expect(await lock.open(learner, command)).toMatchObject({ kind: 'opened', row: { watchedMs: 20_000 } });
      expect(reply).toMatchObject({ kind: 'reported', row: { watchedMs: 20_000 } });
    });

    it('leaves other learners alone', async () => {
      await opened();
      const reply = await lock.open('somebody-else' as LearnerId, opening());
      expect(reply.kind).toBe('opened');
    });
  });

  describe('R3: one courseware at a time', () => {
    it('E3: while A plays, B is refused and A goes on; after A has ended, B opens', async () => {
      const a = await opened({ coursewareId: 'cw-a' as CoursewareId, clientId: 'tab-1' });
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      const b = { coursewareId: 'cw-b' as CoursewareId, clientId: 'tab-2' };
      expect(await open(b)).toMatchObject({ kind: 'held', row: { coursewareId: 'cw-a' } });
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toMatchObject({
        kind: 'reported',
        row: { watchedMs: 40_000 },
      });
      await end(a);
      expect(await open(b)).toMatchObject({ kind: 'opened', row: { coursewareId: 'cw-b', watchedMs: 0 } });
    });

    it('a refused open says who holds the lock and until when, and records nothing', async () => {
      const a = await opened({ coursewareId: 'cw-a' as CoursewareId });
      const reply = await heartbeat(a, 20 * SECOND, 20 * SECOND);
      await clock(30 * SECOND);
      const refused = await open();
      expect(refused).toEqual({
        kind: 'held',
        row: reply.kind === 'elsewhere' ? null : reply.row,
        expiresAt: at(20 * SECOND + terms.lock),
      });
      expect(await open()).toEqual(refused);
    });

    it('a silent page holds the lock for exactly its term', async () => {
      await opened();
      await clock(terms.lock - 1);
      expect((await open()).kind).toBe('held');
      await clock(terms.lock);
      expect((await open()).kind).toBe('opened');
    });

    it('E23: a page paused for 29 minutes holds the lock; one paused for 31 lets others in', async () => {
      const a = await opened();
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      await pausedUntil(a, 40 * SECOND, 29 * MINUTE, 20 * SECOND);
      expect(await open()).toMatchObject({
        kind: 'held',
        row: { state: 'paused' },
        expiresAt: at(20 * SECOND + terms.release),
      });
      await pausedUntil(a, 29 * MINUTE, 31 * MINUTE, 20 * SECOND);
      expect((await open()).kind).toBe('opened');
    });

    it('a page that plays again before it is released holds the lock anew', async () => {
      const a = await opened();
      await pausedUntil(a, 20 * SECOND, 29 * MINUTE, 0);
      await heartbeat(a, 29 * MINUTE + 20 * SECOND, 20 * SECOND);
      await pausedUntil(a, 30 * MINUTE, 40 * MINUTE, 20 * SECOND);
      expect((await open()).kind).toBe('held');
    });

    it('the same client replaces its own session at once', async () => {
      const before = await opened({ clientId: 'tab-1' });
      await clock(20 * SECOND);
      expect((await open({ clientId: 'tab-2' })).kind).toBe('held');
      const after = await opened({ clientId: 'tab-1' });
      expect(after).toMatchObject({ openedAt: at(20 * SECOND), watchedMs: 0 });
      expect(await heartbeat(before, 20 * SECOND, 20 * SECOND)).toEqual({ kind: 'elsewhere' });
    });

    it('pages without a client id are never taken for one another', async () => {
      await opened({ clientId: null });
      expect((await open({ clientId: null })).kind).toBe('held');
    });

    it('E25: a newcomer that takes over begins where the session before it ended', async () => {
      const a = await opened({ clientId: 'tab-1' });
      await heartbeat(a, 40 * SECOND, 40 * SECOND);
      await clock(59 * SECOND);
      const b = await opened({ clientId: 'tab-2', takeOver: true });
      expect(b).toMatchObject({ openedAt: at(59 * SECOND), watchedMs: 0 });
      expect(await heartbeat(a, 60 * SECOND, 59 * SECOND)).toEqual({ kind: 'elsewhere' });
      expect(await heartbeat(b, 79 * SECOND, 20 * SECOND)).toMatchObject({ row: { watchedMs: 20_000 } });
    });

    it('of 100 concurrent opens exactly one wins, and all others are told who', async () => {
      const doors = under.peers;
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (doors[index % doors.length] ?? lock).open(learner, opening({ clientId: `tab-${index}` })),
        ),
      );
      const winners = replies.filter(({ kind }) => kind === 'opened');
      expect(winners).toHaveLength(1);
      expect(new Set(replies.map(({ row }) => row.sessionId)).size).toBe(1);
    });

    it('of 100 concurrent opens after an expiry exactly one wins', async () => {
      await opened();
      await clock(terms.lock);
      const doors = under.peers;
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (doors[index % doors.length] ?? lock).open(learner, opening()),
        ),
      );
      expect(replies.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
    });
  });

  describe('heartbeats (R2)', () => {
    it('E9: one heartbeat sent three times is counted once', async () => {
      const a = await opened();
      await clock(20 * SECOND);
      const claim = { sessionId: a.sessionId, claimMs: 20 * SECOND, state: 'playing' } as const;
      const replies = await Promise.all([1, 2, 3].map(() => lock.report(learner, claim)));
      for (const reply of replies)
        expect(reply).toMatchObject({ kind: 'reported', row: { watchedMs: 20_000 } });
    });

    it('answer with absolute totals, the page’s state, and when the report before arrived', async () => {
      const a = await opened();
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      await clock(45 * SECOND);
      const { sessionId } = a;
      expect(await lock.report(learner, { sessionId, claimMs: 400 * SECOND, state: 'hidden' })).toEqual({
        kind: 'reported',
        baseAt: at(20 * SECOND),
        added: { watchedMs: 25_000, forfeitedMs: 353_000 },
        row: {
          ...a,
          lastReportAt: at(45 * SECOND),
          grewAt: at(45 * SECOND),
          watchedMs: 45_000,
          forfeitedMs: 353_000,
          dayMs: 45_000,
          state: 'hidden',
        },
      });
    });

    it('E7: split the accepted time at midnight', async () => {
      await clock(12 * HOUR - 15 * SECOND);
      const a = await opened();
      expect(await heartbeat(a, 12 * HOUR + 5 * SECOND, 20 * SECOND)).toMatchObject({
        row: { day: parseDay('2026-03-02'), dayMs: 5_000, previousDayMs: 15_000 },
      });
    });

    it('E14: an expired session that nobody replaced goes on', async () => {
      const a = await opened();
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      expect(await heartbeat(a, 200 * SECOND, 200 * SECOND)).toMatchObject({
        kind: 'reported',
        row: { watchedMs: 200_000, forfeitedMs: 0 },
      });
      expect((await open()).kind).toBe('held');
    });

    it('E15: an expired session that another one replaced is elsewhere', async () => {
      const a = await opened();
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      await clock(140 * SECOND);
      const b = await opened();
      expect(b.openedAt).toBe(at(140 * SECOND));
      expect(await heartbeat(a, 200 * SECOND, 200 * SECOND)).toEqual({ kind: 'elsewhere' });
      expect(await heartbeat(b, 200 * SECOND, 60 * SECOND)).toMatchObject({ row: { watchedMs: 60_000 } });
    });

    it('of a session that the lock never saw are elsewhere, and leave no trace', async () => {
      const stranger = { ...(await opened()), sessionId: 's-unknown' as SessionId };
      await under.forget(learner);
      expect(await heartbeat(stranger, 20 * SECOND, 20 * SECOND)).toEqual({ kind: 'elsewhere' });
      expect((await open()).kind).toBe('opened');
    });

    it('of another session change nothing of the one that holds the lock', async () => {
      const a = await opened();
      await clock(10 * SECOND);
      const other = { sessionId: 's-other' as SessionId, claimMs: 10 * SECOND };
      expect(await lock.report(learner, { ...other, state: 'playing' })).toEqual({ kind: 'elsewhere' });
      expect(await lock.end(learner, other)).toEqual({ kind: 'elsewhere' });
      expect(await open()).toMatchObject({ kind: 'held', row: a });
    });
  });

  describe('ending', () => {
    it('accepts the last claim and frees the lock at once', async () => {
      const a = await opened();
      await clock(12 * SECOND);
      const ended = await end(a, 12 * SECOND);
      expect(ended).toMatchObject({
        kind: 'ended',
        baseAt: noon,
        row: { watchedMs: 12_000, endedAt: at(12 * SECOND), lastReportAt: at(12 * SECOND) },
      });
      expect(await open()).toMatchObject({ kind: 'opened', row: { openedAt: at(12 * SECOND) } });
    });

    it('without a claim accepts nothing', async () => {
      const a = await opened();
      await clock(12 * SECOND);
      expect(await end(a)).toMatchObject({
        row: { watchedMs: 0, endedAt: at(12 * SECOND), lastReportAt: noon },
      });
    });

    it('twice is answered with the same figures, whatever the second one claims', async () => {
      const a = await opened();
      await clock(12 * SECOND);
      const first = await end(a, 12 * SECOND);
      await clock(30 * SECOND);
      const second = await end(a, 30 * SECOND);
      expect(second.kind === 'ended' && second.row).toEqual(first.kind === 'ended' && first.row);
      expect(first).toMatchObject({ added: { watchedMs: 12_000, forfeitedMs: 0 } });
      expect(second).toMatchObject({ added: null });
    });

    it('stays marked: a late heartbeat revives nothing', async () => {
      const a = await opened();
      await clock(12 * SECOND);
      await end(a, 12 * SECOND);
      expect(await heartbeat(a, 20 * SECOND, 20 * SECOND)).toMatchObject({
        kind: 'ended',
        row: { watchedMs: 12_000, endedAt: at(12 * SECOND) },
      });
      expect((await open()).kind).toBe('opened');
    });

    it('a session that another one replaced is elsewhere, and leaves that one alone', async () => {
      const a = await opened({ clientId: 'tab-1' });
      const b = await opened({ clientId: 'tab-1' });
      await clock(5 * SECOND);
      expect(await end(a, 5 * SECOND)).toEqual({ kind: 'elsewhere' });
      expect(await open()).toMatchObject({ kind: 'held', row: b });
    });
  });

  describe('adopting a session that the ledger knows', () => {
    it('puts a forgotten session back, and it goes on from its totals', async () => {
      const a = await opened({ clientId: 'tab-1' });
      const reply = await heartbeat(a, 20 * SECOND, 20 * SECOND);
      const stored = reply.kind === 'reported' ? reply.row : a;
      await under.forget(learner);
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toEqual({ kind: 'elsewhere' });
      expect(await lock.adopt(learner, stored, false)).toBe('adopted');
      expect(await open()).toMatchObject({ kind: 'held', row: stored });
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toMatchObject({
        kind: 'reported',
        baseAt: at(20 * SECOND),
        row: { watchedMs: 40_000, dayMs: 40_000, openedAt: noon, clientId: 'tab-1' },
      });
    });

    it('is held while a newer session is active', async () => {
      const a = await opened();
      await clock(10 * SECOND);
      const b = await opened({ takeOver: true });
      expect(await lock.adopt(learner, a, false)).toBe('held');
      expect(await lock.adopt(learner, a, true)).toBe('held');
      expect(await open()).toMatchObject({ kind: 'held', row: b });
    });

    it('replaces a newer session that has expired or ended: the ledger never stored it', async () => {
      const a = await opened();
      await clock(10 * SECOND);
      await opened({ takeOver: true });
      await clock(10 * SECOND + terms.lock - 1);
      expect(await lock.adopt(learner, a, false)).toBe('held');
      await clock(10 * SECOND + terms.lock);
      expect(await lock.adopt(learner, a, false)).toBe('adopted');
      expect(await heartbeat(a, 101 * SECOND, 101 * SECOND)).toMatchObject({ row: { watchedMs: 101_000 } });

      const phantom = await opened({ takeOver: true });
      await end(phantom);
      expect(await lock.adopt(learner, a, false)).toBe('adopted');
    });

    it('replaces an older session: the lock is behind', async () => {
      const a = await opened();
      await clock(10 * SECOND);
      const b = await opened({ takeOver: true });
      await under.forget(learner);
      await lock.adopt(learner, a, false);
      expect(await lock.adopt(learner, b, false)).toBe('adopted');
      expect(await heartbeat(b, 20 * SECOND, 10 * SECOND)).toMatchObject({ row: { watchedMs: 10_000 } });
    });

    it('twice, or of a session that the lock has further, changes nothing', async () => {
      const a = await opened();
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      expect(await lock.adopt(learner, a, false)).toBe('adopted');
      expect(await lock.adopt(learner, { ...a, lastReportAt: at(20 * SECOND) }, false)).toBe('adopted');
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toMatchObject({
        baseAt: at(20 * SECOND),
        row: { watchedMs: 40_000 },
      });
    });

    it('brings a lock that is behind up to the ledger', async () => {
      const a = await opened();
      const reply = await heartbeat(a, 20 * SECOND, 20 * SECOND);
      const stored = reply.kind === 'reported' ? reply.row : a;
      await under.forget(learner);
      await lock.adopt(learner, a, false);
      expect(await lock.adopt(learner, stored, false)).toBe('adopted');
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toMatchObject({
        baseAt: at(20 * SECOND),
        row: { watchedMs: 40_000 },
      });
    });

    it('with repair, replaces totals that the ledger could not continue from', async () => {
      const a = await opened();
      await heartbeat(a, 20 * SECOND, 20 * SECOND);
      expect(await lock.adopt(learner, a, true)).toBe('adopted');
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toMatchObject({
        baseAt: noon,
        row: { watchedMs: 40_000 },
      });
    });

    it('does not revive a session that has ended in the lock', async () => {
      const a = await opened();
      await clock(12 * SECOND);
      await end(a, 12 * SECOND);
      expect(await lock.adopt(learner, { ...a, lastReportAt: at(20 * SECOND) }, false)).toBe('adopted');
      expect(await heartbeat(a, 20 * SECOND, 20 * SECOND)).toMatchObject({
        kind: 'ended',
        row: { watchedMs: 12_000 },
      });
    });

    it('with repair, lets an end be taken again that the ledger could not continue from', async () => {
      const a = await opened();
      const reply = await heartbeat(a, 20 * SECOND, 20 * SECOND);
      const stored = reply.kind === 'reported' ? reply.row : a;
      await under.forget(learner);
      await lock.adopt(learner, a, false);
      await clock(32 * SECOND);
      await end(a, 32 * SECOND);
      expect(await lock.adopt(learner, stored, true)).toBe('adopted');
      expect(await end(a, 32 * SECOND)).toMatchObject({
        kind: 'ended',
        baseAt: at(20 * SECOND),
        row: { watchedMs: 32_000, endedAt: at(32 * SECOND) },
      });
    });
  });

  describe('opening with what the ledger knows', () => {
    it('a lock that has forgotten still refuses, by the ledger’s session, and remembers it again', async () => {
      const a = await opened({ coursewareId: 'cw-a' as CoursewareId });
      await under.forget(learner);
      await clock(30 * SECOND);
      const expiresAt = at(terms.lock);
      expect(await open(known(a))).toEqual({ kind: 'held', row: a, expiresAt });
      expect(await open()).toEqual({ kind: 'held', row: a, expiresAt });
      expect(await heartbeat(a, 40 * SECOND, 40 * SECOND)).toMatchObject({ row: { watchedMs: 40_000 } });
    });

    it('a session that the ledger knows as expired, or as the client’s own, does not hold', async () => {
      const a = await opened({ clientId: 'tab-1' });
      await under.forget(learner);
      await clock(30 * SECOND);
      expect((await open({ clientId: 'tab-1', ...known(a) })).kind).toBe('opened');
      await under.forget(learner);
      await clock(terms.lock);
      expect((await open({ clientId: 'tab-2', ...known(a) })).kind).toBe('opened');
    });

    it('a lock that is behind refuses by the ledger’s newer session', async () => {
      const a = await opened();
      await clock(10 * SECOND);
      const b = await opened({ takeOver: true });
      await under.forget(learner);
      await lock.adopt(learner, a, false);
      await clock(terms.lock + 5 * SECOND);
      expect(await open(known(b))).toEqual({
        kind: 'held',
        row: b,
        expiresAt: at(10 * SECOND + terms.lock),
      });
    });

    it('a lock that is behind refuses by the ledger’s later report of the same session', async () => {
      const a = await opened();
      const reply = await heartbeat(a, 80 * SECOND, 80 * SECOND);
      const stored = reply.kind === 'reported' ? reply.row : a;
      await under.forget(learner);
      await lock.adopt(learner, a, false);
      await clock(100 * SECOND);
      expect(await open(known(stored))).toMatchObject({ kind: 'held', row: stored });
    });

    it('a lock that is further than the ledger refuses by its own row', async () => {
      const a = await opened();
      await heartbeat(a, 80 * SECOND, 80 * SECOND);
      await clock(100 * SECOND);
      expect(await open(known(a))).toMatchObject({ kind: 'held', row: { watchedMs: 80_000 } });
      const b = await opened({ takeOver: true });
      expect(await open(known(a))).toMatchObject({ kind: 'held', row: b });
    });

    it('a session that the ledger has sealed does not hold, though the lock still shows it active', async () => {
      const a = await opened();
      await clock(30 * SECOND);
      expect((await open(known(a, true, at(20 * SECOND)))).kind).toBe('opened');
      await under.forget(learner);
      expect((await open(known(a, true, at(20 * SECOND)))).kind).toBe('opened');
    });

    it('a session that ended in the lock does not hold, though the ledger has not sealed it yet', async () => {
      const a = await opened();
      await end(a);
      const seenLater = { ...a, lastReportAt: at(20 * SECOND), grewAt: at(20 * SECOND) };
      expect((await open(known(seenLater))).kind).toBe('opened');
    });
  });

  describe('a clock that goes back', () => {
    it('no session opens before the last one could still earn', async () => {
      const a = await opened();
      await heartbeat(a, 60 * SECOND, 60 * SECOND);
      await clock(30 * SECOND);
      const b = await opened({ takeOver: true });
      expect(b).toMatchObject({ openedAt: at(60 * SECOND), lastReportAt: at(60 * SECOND) });
      expect(await heartbeat(b, 50 * SECOND, 20 * SECOND)).toMatchObject({ row: { watchedMs: 0 } });
    });

    it('no session opens before the last one ended', async () => {
      const a = await opened();
      await clock(60 * SECOND);
      await end(a);
      await clock(30 * SECOND);
      expect(await opened()).toMatchObject({ openedAt: at(60 * SECOND) });
    });

    it('no session opens before the moment that the ledger names, though the lock has forgotten', async () => {
      const a = await opened();
      await under.forget(learner);
      await clock(-HOUR);
      expect(await opened({ takeOver: true, ...known(a, false, at(15 * SECOND)) })).toMatchObject({
        openedAt: at(15 * SECOND),
      });
      await under.forget(learner);
      expect(await opened(known(a, true, at(25 * SECOND)))).toMatchObject({ openedAt: at(25 * SECOND) });
    });

    it('a heartbeat earns nothing and keeps its session’s time', async () => {
      const a = await opened();
      await heartbeat(a, 60 * SECOND, 60 * SECOND);
      expect(await heartbeat(a, 30 * SECOND, 61 * SECOND)).toMatchObject({
        row: { watchedMs: 60_000, lastReportAt: at(60 * SECOND) },
      });
      await clock(40 * SECOND);
      expect(await end(a)).toMatchObject({ row: { endedAt: at(60 * SECOND) } });
    });

    it('a session still holds: it was seen only a moment ago', async () => {
      const a = await opened();
      await heartbeat(a, 60 * SECOND, 60 * SECOND);
      await clock(-HOUR);
      expect((await open()).kind).toBe('held');
      expect(
        await lock.adopt(learner, { ...a, openedAt: at(-SECOND), sessionId: 's-older' as SessionId }, false),
      ).toBe('held');
    });

    it('by days, is trouble with the lock, and changes nothing', async () => {
      const a = await opened();
      await clock(-3 * DAY);
      const { sessionId } = a;
      const claim = { sessionId, claimMs: milliseconds(0) };
      await expect(lock.report(learner, { ...claim, state: 'playing' })).rejects.toThrow(LockUnavailable);
      await expect(lock.end(learner, claim)).rejects.toThrow(LockUnavailable);
      await expect(open({ takeOver: true })).rejects.toThrow(LockUnavailable);
      await clock(20 * SECOND);
      expect(await open()).toMatchObject({ kind: 'held', row: a });
    });
  });
}
