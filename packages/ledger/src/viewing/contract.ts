import {
  type CoursewareId,
  dayNumber,
  instant,
  type LearnerId,
  milliseconds,
  type SessionId,
} from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { MOST_TURNS } from '../schema/turns.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import type { Opening, Progress, ViewingLedger } from './port.ts';

const DAY = 20_513;
const MIDNIGHT = 10_000_000;
const T0 = MIDNIGHT - 100_000;

const learner = 'u1' as LearnerId;
const first = sessionIdOf('s1');
const second = sessionIdOf('s2');

const opening = (sessionId: SessionId, at = T0, learnerId = learner): Opening => ({
  sessionId,
  learnerId,
  coursewareId: 'A' as CoursewareId,
  clientId: 'tab',
  endTokenHash: `hash of ${sessionId}`,
  openedAt: instant(at),
  day: dayNumber(at < MIDNIGHT ? DAY : DAY + 1),
});

/** Totals of a session that has played from T0 on without a pause, as a report at `at` finds them. */
const playing = (sessionId: SessionId, baseAt: number, at: number): Progress => ({
  sessionId,
  baseAt: instant(baseAt),
  lastReportAt: instant(at),
  grewAt: instant(at),
  watchedMs: milliseconds(at - T0),
  forfeitedMs: milliseconds(0),
  day: dayNumber(at < MIDNIGHT ? DAY : DAY + 1),
  dayMs: milliseconds(at < MIDNIGHT ? at - T0 : at - MIDNIGHT),
  previousDayMs: milliseconds(at < MIDNIGHT ? 0 : MIDNIGHT - T0),
  state: 'playing',
  seal: null,
});

const endedAt = (at: number) => ({ at: instant(at), as: 'ended' }) as const;

/** An empty ledger, and a look at the days of a session before its latest. */
export interface ViewingLedgerUnderTest {
  readonly ledger: ViewingLedger;
  /** The same ledger, as another process has it. */
  readonly peer: ViewingLedger;
  earlierDays(sessionId: SessionId): Promise<readonly (readonly [day: number, ms: number])[]>;
}

/** What every durable store of viewing must do. */
export function viewingContract(open: () => Promise<ViewingLedgerUnderTest>): void {
  const opened = async () => {
    const store = await open();
    expect(await store.ledger.open(opening(first))).toBe('opened');
    return store;
  };

  describe('turns (R13)', () => {
    const paused = (baseAt: number, at: number, watchedMs: number): Progress => ({
      ...playing(first, baseAt, at),
      watchedMs: milliseconds(watchedMs),
      dayMs: milliseconds(watchedMs),
      state: 'paused',
    });
    const turn = (since: number, at: number, watched: [number, number], states: [string, string]) => ({
      since: T0 + since,
      at: T0 + at,
      watchedBeforeMs: watched[0],
      watchedAfterMs: watched[1],
      stateBefore: states[0],
      stateAfter: states[1],
    });

    test('there is none while a session simply goes on', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 20_000));
      await ledger.record(playing(first, T0 + 20_000, T0 + 40_000));
      expect(await ledger.turnsOf(first)).toEqual([]);
      await ledger.record(paused(T0 + 40_000, T0 + 50_000, 50_000));
      await ledger.record(paused(T0 + 50_000, T0 + 70_000, 50_000));
      expect(await ledger.turnsOf(first)).toHaveLength(1);
      expect(await ledger.turnsOf(second)).toEqual([]);
    });

    test('one where it presents something else, once however often that is reported', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 20_000));
      const pause = paused(T0 + 20_000, T0 + 30_000, 28_000);
      await ledger.record(pause);
      await ledger.record(pause);
      const on = { ...paused(T0 + 30_000, T0 + 60_000, 28_500), state: 'playing' };
      await ledger.record(on);
      expect(await ledger.turnsOf(first)).toEqual([
        turn(20_000, 30_000, [20_000, 28_000], ['playing', 'paused']),
        turn(30_000, 60_000, [28_000, 28_500], ['paused', 'playing']),
      ]);
    });

    test('one where more than a second is missing, and where a rest has grown', async () => {
      const { ledger } = await opened();
      const missing = { ...paused(T0, T0 + 20_000, 18_999), state: 'playing' };
      await ledger.record(missing);
      await ledger.record({ ...paused(T0 + 20_000, T0 + 40_000, 37_999), state: 'playing' });
      await ledger.record(paused(T0 + 40_000, T0 + 41_000, 38_999));
      await ledger.record(paused(T0 + 41_000, T0 + 42_000, 39_500));
      expect(await ledger.turnsOf(first)).toEqual([
        turn(0, 20_000, [0, 18_999], ['playing', 'playing']),
        turn(40_000, 41_000, [37_999, 38_999], ['playing', 'paused']),
        turn(41_000, 42_000, [38_999, 39_500], ['paused', 'paused']),
      ]);
    });

    test('of a session that turns without end, so many and no more', async () => {
      const { ledger } = await opened();
      const turns = Array.from({ length: MOST_TURNS + 20 }, (_, n) => n);
      for (const n of turns) {
        const state = n % 2 === 0 ? 'paused' : 'playing';
        await ledger.record({ ...paused(T0 + n, T0 + n + 1, 0), state });
      }
      expect(await ledger.turnsOf(first)).toHaveLength(MOST_TURNS);
    });

    test('one at midnight and at an end as well', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, MIDNIGHT - 1_000));
      const at = MIDNIGHT + 9_000;
      await ledger.record({ ...playing(first, MIDNIGHT - 1_000, at), state: 'ended', seal: endedAt(at) });
      expect(await ledger.turnsOf(first)).toMatchObject([
        { at, stateBefore: 'playing', stateAfter: 'ended' },
      ]);
    });
  });

  describe('opening', () => {
    test('stores a session that has earned nothing yet', async () => {
      const { ledger } = await opened();
      expect(await ledger.session(first)).toEqual({
        ...opening(first),
        lastReportAt: T0,
        grewAt: T0,
        watchedMs: 0,
        forfeitedMs: 0,
        dayMs: 0,
        state: 'playing',
        seal: null,
        factsRevision: 0,
      });
      expect(await ledger.latestSession(learner)).toEqual(await ledger.session(first));
      expect(await ledger.latestSession('nobody' as LearnerId)).toBeNull();
    });

    test('seals the session before at the moment of the opening (R3a)', async () => {
      const { ledger } = await opened();
      expect(await ledger.open(opening(second, T0 + 500))).toBe('opened');
      expect((await ledger.session(first))?.seal).toEqual({ at: T0 + 500, as: 'superseded' });
      expect((await ledger.latestSession(learner))?.sessionId).toBe(second);
    });

    test('twice is as good as once', async () => {
      const { ledger } = await opened();
      expect(await ledger.open(opening(first))).toBe('opened');
      expect((await ledger.session(first))?.seal).toBeNull();
    });

    test('in the same millisecond as the session before leaves the newer one as the latest', async () => {
      const { ledger } = await opened();
      await ledger.open(opening(second));
      await ledger.open(opening(sessionIdOf('s0')));
      expect((await ledger.latestSession(learner))?.sessionId).toBe(sessionIdOf('s0'));
    });

    test('is overtaken by what was recorded after it', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 1_000));
      expect(await ledger.open(opening(second, T0 + 999))).toBe('overtaken');
      expect(await ledger.session(second)).toBeNull();
      expect((await ledger.session(first))?.seal).toBeNull();
    });

    test('is overtaken by a session that was sealed after it', async () => {
      const { ledger } = await opened();
      await ledger.record({ ...playing(first, T0, T0 + 1_000), seal: endedAt(T0 + 1_000) });
      expect(await ledger.open(opening(second, T0 + 999))).toBe('overtaken');
      expect(await ledger.open(opening(second, T0 + 1_000))).toBe('opened');
    });

    test('and reporting move the newest report, by which a clock that went back is seen', async () => {
      const { ledger } = await open();
      expect(await ledger.newestReportAt()).toBeNull();
      await ledger.open(opening(first));
      expect(await ledger.newestReportAt()).toBe(T0);
      await ledger.record(playing(first, T0, T0 + 40));
      expect(await ledger.newestReportAt()).toBe(T0 + 40);
      await ledger.open(opening(second, T0 + 90, 'u2' as LearnerId));
      expect(await ledger.newestReportAt()).toBe(T0 + 90);
    });

    test('leaves other learners alone', async () => {
      const { ledger } = await opened();
      await ledger.open(opening(second, T0, 'u2' as LearnerId));
      expect((await ledger.session(first))?.seal).toBeNull();
    });
  });

  describe('recording', () => {
    test('takes totals that continue what is stored', async () => {
      const { ledger } = await opened();
      expect(await ledger.record(playing(first, T0, T0 + 20))).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.record(playing(first, T0 + 20, T0 + 40))).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 40, dayMs: 40, lastReportAt: T0 + 40 });
    });

    test('takes later totals whose predecessor was never stored: they contain it', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0 + 20, T0 + 40));
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 40 });
      expect(await ledger.record(playing(first, T0, T0 + 20))).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 40, lastReportAt: T0 + 40 });
    });

    test('E9: the same totals again change nothing', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 20));
      const before = await ledger.session(first);
      expect(await ledger.record(playing(first, T0, T0 + 20))).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.session(first)).toEqual(before);
    });

    test('many of one session that wait at once are all answered, and the latest is stored', async () => {
      const { ledger } = await opened();
      const reports = [20, 40, 60].map((ms) => ledger.record(playing(first, T0 + ms - 20, T0 + ms)));
      for (const { outcome } of await Promise.all(reports)) expect(outcome).toBe('recorded');
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 60 });
    });

    test('many that wait at once are not taken for one another where the lock forgot in between', async () => {
      const { ledger } = await opened();
      const forgetful: Progress = {
        ...playing(first, T0, T0 + 25),
        watchedMs: milliseconds(5),
        dayMs: milliseconds(5),
      };
      const outcomes = await Promise.all([
        ledger.record(playing(first, T0, T0 + 20)),
        ledger.record(forgetful),
        ledger.record({ ...forgetful, seal: endedAt(T0 + 25) }),
      ]);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'diverged', 'diverged']);
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 20, seal: null });
    });

    test('of a chain whose middle another process has stored takes the rest, though it waits as one', async () => {
      const { ledger, peer } = await opened();
      await peer.record(playing(first, T0 + 20, T0 + 40));
      // The later one stands for both, by what it builds on itself: on the one before the first, it would be refused.
      const chain = [playing(first, T0, T0 + 20), playing(first, T0 + 40, T0 + 60)];
      const outcomes = await Promise.all(chain.map((report) => ledger.record(report)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 60, lastReportAt: T0 + 60 });
    });

    test('of a chain whose middle another process is just storing takes all, in whatever order', async () => {
      const { ledger, peer } = await opened();
      const outcomes = await Promise.all([
        ledger.record(playing(first, T0, T0 + 20)),
        peer.record(playing(first, T0 + 20, T0 + 40)),
        ledger.record(playing(first, T0 + 40, T0 + 60)),
      ]);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 60, lastReportAt: T0 + 60 });
    });

    test('joined totals of a lock that forgot what another process has stored in between are refused', async () => {
      const { ledger, peer } = await opened();
      await peer.record(playing(first, T0 + 20, T0 + 50));
      const chain = [playing(first, T0, T0 + 20), playing(first, T0 + 40, T0 + 60)];
      const outcomes = await Promise.all(chain.map((report) => ledger.record(report)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['diverged', 'diverged']);
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 50, lastReportAt: T0 + 50 });
    });

    test('refuses totals of a lock that has not seen the last report', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 30));
      const forgetful = playing(first, T0 + 20, T0 + 40);
      expect(await ledger.record(forgetful)).toMatchObject({ outcome: 'diverged' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 30 });
    });

    test('refuses totals below what is stored, and totals that book another day anew', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 30));
      const less = {
        ...playing(first, T0 + 30, T0 + 40),
        watchedMs: milliseconds(29),
        dayMs: milliseconds(29),
      };
      expect(await ledger.record(less)).toMatchObject({ outcome: 'diverged' });
      const elsewhere = { ...playing(first, T0 + 30, T0 + 40), dayMs: milliseconds(10) };
      expect(await ledger.record(elsewhere)).toMatchObject({ outcome: 'diverged' });
      const earlier = { ...playing(first, T0 + 30, T0 + 40), day: dayNumber(DAY - 1) };
      expect(await ledger.record(earlier)).toMatchObject({ outcome: 'diverged' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 30, dayMs: 30, day: DAY });
    });

    test('of a session that does not exist stores nothing', async () => {
      const { ledger } = await open();
      expect(await ledger.record(playing(first, T0, T0 + 20))).toMatchObject({ outcome: 'unknown' });
    });
  });

  describe('midnight (R9)', () => {
    test('moves the day that is over to its own row', async () => {
      const { ledger, earlierDays } = await opened();
      await ledger.record(playing(first, T0, MIDNIGHT - 40));
      await ledger.record(playing(first, MIDNIGHT - 40, MIDNIGHT + 60));
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 100_060, day: DAY + 1, dayMs: 60 });
      expect(await earlierDays(first)).toEqual([[DAY, 100_000]]);
    });

    test('books the day before also when its last report was never stored', async () => {
      const { ledger, earlierDays } = await opened();
      await ledger.record(playing(first, MIDNIGHT + 20, MIDNIGHT + 40));
      expect(await ledger.session(first)).toMatchObject({ day: DAY + 1, dayMs: 40 });
      expect(await earlierDays(first)).toEqual([[DAY, 100_000]]);
    });

    test('keeps a day without any time off the record', async () => {
      const { ledger, earlierDays } = await opened();
      const paused = { ...playing(first, T0, MIDNIGHT + 5), grewAt: instant(T0), watchedMs: milliseconds(0) };
      await ledger.record({ ...paused, dayMs: milliseconds(0), previousDayMs: milliseconds(0) });
      expect(await ledger.session(first)).toMatchObject({ day: DAY + 1, dayMs: 0, watchedMs: 0 });
      expect(await earlierDays(first)).toEqual([]);
    });

    test('keeps all days of a page that stays open for several', async () => {
      const { ledger, earlierDays } = await opened();
      await ledger.record(playing(first, T0, T0 + 50_000));
      const later = instant(MIDNIGHT + 3 * 86_400_000);
      const resumed: Progress = {
        ...playing(first, T0 + 50_000, T0 + 50_000),
        lastReportAt: later,
        grewAt: later,
        watchedMs: milliseconds(50_030),
        day: dayNumber(DAY + 3),
        dayMs: milliseconds(20),
        previousDayMs: milliseconds(10),
      };
      expect(await ledger.record(resumed)).toMatchObject({ outcome: 'recorded' });
      expect(await earlierDays(first)).toEqual([
        [DAY, 50_000],
        [DAY + 2, 10],
      ]);
    });

    test('refuses totals whose days do not sum up to the whole', async () => {
      const { ledger, earlierDays } = await opened();
      await ledger.record(playing(first, T0, MIDNIGHT - 40));
      const forgetful = { ...playing(first, MIDNIGHT - 40, MIDNIGHT + 60), previousDayMs: milliseconds(1) };
      expect(await ledger.record(forgetful)).toMatchObject({ outcome: 'diverged' });
      expect(await ledger.session(first)).toMatchObject({ day: DAY });
      expect(await earlierDays(first)).toEqual([]);
    });
  });

  describe('sealing (R3a)', () => {
    test('an end stores its last totals and its seal in one, and twice is as good as once', async () => {
      const { ledger } = await opened();
      const end = { ...playing(first, T0, T0 + 30), seal: endedAt(T0 + 30) };
      expect(await ledger.record(end)).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.record(end)).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 30, seal: end.seal });
    });

    test('an end without a claim seals a session at its stored totals', async () => {
      const { ledger } = await opened();
      await ledger.record(playing(first, T0, T0 + 30));
      await ledger.record({ ...playing(first, T0 + 30, T0 + 30), seal: endedAt(T0 + 50) });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 30, seal: { at: T0 + 50 } });
    });

    test('an end that waits with an earlier report seals all the same', async () => {
      const { ledger } = await opened();
      const end = { ...playing(first, T0 + 20, T0 + 30), seal: endedAt(T0 + 30) };
      await Promise.all([ledger.record(end), ledger.record(playing(first, T0, T0 + 20))]);
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 30, seal: end.seal });
    });

    test('a report that waits with the end before it is from after the sealing', async () => {
      const { ledger } = await opened();
      const end = { ...playing(first, T0, T0 + 30), seal: endedAt(T0 + 30) };
      const after = playing(first, T0 + 30, T0 + 40);
      const [ended, late] = await Promise.all([ledger.record(end), ledger.record(after)]);
      expect([ended.outcome, late.outcome]).toEqual(['recorded', 'sealed']);
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 30, seal: end.seal });
    });

    test('totals from before the sealing are still taken, and keep the seal', async () => {
      const { ledger } = await opened();
      await ledger.open(opening(second, T0 + 50));
      expect(await ledger.record(playing(first, T0, T0 + 50))).toMatchObject({ outcome: 'recorded' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 50, seal: { as: 'superseded' } });
      expect((await ledger.session(second))?.factsRevision).toBe(1);
    });

    test('totals from after the sealing are not', async () => {
      const { ledger } = await opened();
      await ledger.open(opening(second, T0 + 50));
      expect(await ledger.record(playing(first, T0, T0 + 51))).toMatchObject({ outcome: 'sealed' });
      expect(await ledger.session(first)).toMatchObject({ watchedMs: 0 });
    });
  });

  describe('settling late', () => {
    test('lets what was owed be decided on what is stored, and tells the running session', async () => {
      const { ledger } = await opened();
      await ledger.open(opening(second, T0 + 50));
      const settled = await ledger.settleLate(first, (session) => {
        expect(session).toMatchObject({ sessionId: first, seal: { at: T0 + 50, as: 'superseded' } });
        return playing(first, T0, T0 + 50);
      });
      expect(settled).toMatchObject({ watchedMs: 50, seal: { at: T0 + 50 } });
      expect(await ledger.session(second)).toMatchObject({ watchedMs: 0, factsRevision: 1 });
    });

    test('changes nothing of a session that is open, unknown, or owed nothing', async () => {
      const { ledger } = await opened();
      const generous = () => playing(first, T0, T0 + 50);
      expect(await ledger.settleLate(first, generous)).toMatchObject({ watchedMs: 0, seal: null });
      expect(await ledger.settleLate(second, generous)).toBeNull();
      await ledger.open(opening(second, T0 + 50));
      expect(await ledger.settleLate(first, () => null)).toMatchObject({ watchedMs: 0 });
    });

    test('pays nothing beyond the sealing, whatever is decided', async () => {
      const { ledger } = await opened();
      await ledger.open(opening(second, T0 + 50));
      expect(await ledger.settleLate(first, () => playing(first, T0, T0 + 51))).toMatchObject({
        watchedMs: 0,
      });
    });
  });
}
