import type { CreditsRow } from '@watchledger/contract';
import { sessionIdOf } from '@watchledger/ledger/testing';
import type { Instant } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { coursewareChanges, deleteCourseware, patchCourseware } from '../courseware/index.ts';
import { at, openOffice } from '../testing/office.ts';
import { learnerCredits, learnerSessions, pageOfCredits, streamCredits } from './index.ts';

const any = { allowedCourseware: null } as const;
const HOUR = 3_600;

async function all(rows: AsyncIterable<CreditsRow>): Promise<CreditsRow[]> {
  const read: CreditsRow[] = [];
  for await (const row of rows) read.push(row);
  return read;
}

describe('a learner’s credits', () => {
  test('E2: a courseware watched for three hours credits its limit of two, and says so in every figure', async () => {
    const office = await openOffice();
    await office.put('ppt', 120);
    for (const hour of ['08', '10', '12']) await office.watch('u1', 'ppt', `2026-02-01 ${hour}:00`, 60);
    expect(await learnerCredits(office, { learnerId: 'u1', ...any })).toEqual({
      learnerId: 'u1',
      year: 2026,
      closed: false,
      online: {
        watchedSeconds: 3 * HOUR,
        declaredSeconds: 0,
        trainingSeconds: 0,
        seconds: 3 * HOUR,
        creditedSeconds: 2 * HOUR,
        creditedMinutes: 120,
        capSeconds: 50 * HOUR,
        remainingSeconds: 48 * HOUR,
      },
      selfStudy: { seconds: 0, creditedSeconds: 0, capSeconds: 10 * HOUR, remainingSeconds: 10 * HOUR },
      offline: {
        externalSeconds: 0,
        trainingSeconds: 0,
        seconds: 0,
        creditedSeconds: 0,
        capSeconds: null,
        remainingSeconds: null,
      },
      total: {
        seconds: 3 * HOUR,
        creditedSeconds: 2 * HOUR,
        goalSeconds: 100 * HOUR,
        missingSeconds: 98 * HOUR,
      },
      courseware: [
        {
          coursewareId: 'ppt',
          title: 'Title of ppt',
          watchedSeconds: 3 * HOUR,
          creditedSeconds: 2 * HOUR,
          limitSeconds: 2 * HOUR,
          remainingSeconds: 0,
          lastWatchedAt: '2026-02-01T05:00:00.000Z',
        },
      ],
    });
  });

  test('E12, E21: a corrected limit changes what was watched before, up and down, and the trail names it', async () => {
    const office = await openOffice();
    await office.put('film', 12);
    await office.watch('u1', 'film', '2026-02-01 08:00', 120);
    const credited = async () =>
      (await learnerCredits(office, { learnerId: 'u1', ...any })).online.creditedSeconds;
    expect(await credited()).toBe(12 * 60);
    await patchCourseware(office, { actor: 'bob', id: 'film', fields: { limitSeconds: 2 * HOUR } });
    expect(await credited()).toBe(2 * HOUR);
    await patchCourseware(office, { actor: 'cat', id: 'film', fields: { limitSeconds: HOUR } });
    expect(await credited()).toBe(HOUR);
    const { items } = await coursewareChanges(office, { id: 'film', limit: 10 });
    expect(items.map(({ actor, toLimitSeconds }) => [actor, toLimitSeconds])).toEqual([
      ['ann', 720],
      ['bob', 2 * HOUR],
      ['cat', HOUR],
    ]);
  });

  test('E7: what was watched over New Year counts ten minutes in each year', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    const openedAt = at('2025-12-31 23:50');
    await office.plant([
      {
        sessionId: sessionIdOf('s1'),
        learnerId: 'u1',
        coursewareId: 'film',
        openedAt,
        lastReportAt: openedAt + 1_200_000,
        days: [
          [office.calendar.dayOf(openedAt), 600_000],
          [office.calendar.dayOf(openedAt) + 1, 600_000],
        ],
      },
    ]);
    for (const year of [2025, 2026]) {
      const { online } = await learnerCredits(office, { learnerId: 'u1', year, ...any });
      expect(online).toMatchObject({ watchedSeconds: 600, creditedSeconds: 600 });
    }
  });

  test('without a year are those of the present one in the policy’s time zone', async () => {
    const office = await openOffice();
    office.setClock('2027-01-01 00:00');
    expect(await learnerCredits(office, { learnerId: 'u1', ...any })).toMatchObject({ year: 2027 });
    office.setClock('2026-12-31 23:59');
    expect(await learnerCredits(office, { learnerId: 'u1', ...any })).toMatchObject({ year: 2026 });
  });

  test('are floored, and what is left adds up with what is done', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    const openedAt = at('2026-02-01 08:00');
    const days = [[office.calendar.dayOf(openedAt), 119_999]] as const;
    await office.plant([
      { sessionId: sessionIdOf('s1'), learnerId: 'u1', coursewareId: 'film', openedAt, days },
    ]);
    const { online, total } = await learnerCredits(office, { learnerId: 'u1', ...any });
    expect(online).toMatchObject({ watchedSeconds: 119, creditedSeconds: 119, creditedMinutes: 1 });
    expect(online.remainingSeconds).toBe(50 * HOUR - 119);
    expect(total.missingSeconds).toBe(100 * HOUR - 119);
  });

  test('of an unknown learner are zeros', async () => {
    const credits = await learnerCredits(await openOffice(), { learnerId: 'nobody', ...any });
    expect(credits).toMatchObject({
      learnerId: 'nobody',
      total: { seconds: 0, missingSeconds: 100 * HOUR },
      courseware: [],
    });
  });

  test('stay when the courseware is deleted', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    await office.watch('u1', 'film', '2026-02-01 08:00', 30);
    await deleteCourseware(office, { actor: 'ann', id: 'film' });
    const { online, courseware } = await learnerCredits(office, { learnerId: 'u1', ...any });
    expect(online.creditedSeconds).toBe(HOUR / 2);
    expect(courseware).toMatchObject([{ title: 'Title of film' }]);
  });

  test('T21: name no courseware but that of the token', async () => {
    const office = await openOffice();
    for (const id of ['mine', 'theirs']) await office.put(id, 60);
    await office.watch('u1', 'mine', '2026-02-01 08:00', 10);
    await office.watch('u1', 'theirs', '2026-02-01 09:00', 10);
    const bound = { allowedCourseware: new Set(['mine']) };
    const credits = await learnerCredits(office, { learnerId: 'u1', ...bound });
    expect(credits.online.creditedSeconds).toBe(1_200);
    expect(JSON.stringify(credits)).not.toContain('theirs');
  });
});

describe('the credits of many learners', () => {
  async function school(learners: number) {
    const office = await openOffice();
    await office.put('film', 60);
    const openedAt = at('2026-02-01 08:00');
    const day = office.calendar.dayOf(openedAt);
    await office.plant(
      Array.from({ length: learners }, (_, number) => ({
        sessionId: sessionIdOf(`s${number}`),
        learnerId: `u${String(number).padStart(5, '0')}`,
        coursewareId: 'film',
        openedAt,
        days: [[day, (number + 1) * 1_000]],
      })),
    );
    return office;
  }

  test('come in pages of one stable order, each learner once, also while more arrive', async () => {
    const office = await school(60);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await pageOfCredits(office, { limit: 7, cursor });
      ids.push(...page.items.map(({ learnerId }) => learnerId));
      cursor = page.nextCursor;
      if (ids.length === 14) {
        await office.watch('u00000-late', 'film', '2026-02-02 08:00', 1);
        await office.watch('zed', 'film', '2026-02-02 08:00', 1);
      }
    } while (cursor !== null);
    expect(ids).toHaveLength(61);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids.at(-1)).toBe('zed');
  });

  test('have the same figures as each alone', async () => {
    const office = await school(3);
    const { items, nextCursor } = await pageOfCredits(office, { limit: 3 });
    expect(nextCursor).toBeNull();
    for (const row of items) {
      const { courseware: _, ...alone } = await learnerCredits(office, { learnerId: row.learnerId, ...any });
      expect(row).toEqual(alone);
    }
  });

  test('can be those of named learners, with zeros for an unknown one', async () => {
    const office = await school(3);
    const learnerIds = ['u00002', 'nobody', 'u00000', 'u00002'];
    const first = await pageOfCredits(office, { learnerIds, limit: 2 });
    const second = await pageOfCredits(office, { learnerIds, limit: 2, cursor: first.nextCursor });
    const rows = [...first.items, ...second.items];
    expect(rows.map(({ learnerId, total }) => [learnerId, total.seconds])).toEqual([
      ['nobody', 0],
      ['u00000', 1],
      ['u00002', 3],
    ]);
    expect(second.nextCursor).toBeNull();
  });

  test('can be of those alone who are below the goal', async () => {
    const office = await school(40);
    await office.plant(
      Array.from({ length: 50 }, (_, hour) => ({
        sessionId: sessionIdOf(`long-${hour}`),
        learnerId: 'u00005',
        coursewareId: 'film',
        openedAt: at('2026-01-01 00:00') + hour * 3_600_000,
        days: [[office.calendar.dayOf(at('2026-01-01 00:00')), 3_600_000]] as const,
      })),
    );
    const hourly = { ...office, policy: { ...office.policy, goal: office.policy.lock } };
    const below = await all(streamCredits(hourly, { below: 'goal' }));
    expect(below.every(({ total }) => total.missingSeconds > 0)).toBe(true);
    const everybody = await all(streamCredits(hourly, {}));
    const reached = everybody.filter(({ total }) => total.missingSeconds === 0);
    expect(reached.map(({ learnerId }) => learnerId)).toEqual(['u00005']);
    expect(below).toHaveLength(39);
  });

  test('a search for the few below the goal ends in bounded time and goes on from there', async () => {
    const office = await school(6_000);
    const reached = { ...office, policy: { ...office.policy, goal: office.policy.slack } };
    const first = await pageOfCredits(
      { ...reached, policy: { ...reached.policy, goal: office.policy.goal } },
      { limit: 5 },
    );
    expect(first.items).toHaveLength(5);
    const none = await pageOfCredits(reached, { limit: 5, below: 'goal' });
    expect(none.items.map(({ learnerId }) => learnerId)).toEqual(['u00000']);
    expect(none.nextCursor).not.toBeNull();
    const rest = await pageOfCredits(reached, { limit: 5, below: 'goal', cursor: none.nextCursor });
    expect(rest).toEqual({ items: [], nextCursor: null });
  });

  test('stream ten thousand learners in flat memory, other work going on in between', async () => {
    const office = await school(10_000);
    let turns = 0;
    let streaming = true;
    const otherWork = (async () => {
      while (streaming) {
        await new Promise((resolve) => setImmediate(resolve));
        turns += 1;
      }
    })();
    let count = 0;
    let before = '';
    let mostHeld = 0;
    let held = 0;
    const ledger = office.credits;
    const counting = {
      ...office,
      credits: {
        ...ledger,
        factsOf: async (learnerIds: Parameters<typeof ledger.factsOf>[0]) => {
          held = learnerIds.length;
          mostHeld = Math.max(mostHeld, held);
          return ledger.factsOf(learnerIds);
        },
      },
    };
    for await (const { learnerId } of streamCredits(counting, {})) {
      expect(learnerId > before).toBe(true);
      before = learnerId;
      count += 1;
    }
    streaming = false;
    await otherWork;
    expect(count).toBe(10_000);
    expect(mostHeld).toBeLessThanOrEqual(100);
    expect(turns).toBeGreaterThanOrEqual(100);
  }, 60_000);

  test('a stream that the database fails breaks, instead of passing a part for the whole', async () => {
    const office = await school(60);
    const rows = streamCredits(office, {});
    await rows.next();
    await office.ledger.breakExports();
    await expect(all(rows)).rejects.toThrow();
  });

  test('a cursor of another list, or made by hand, is refused', async () => {
    const office = await school(1);
    const handMade = ['["courseware","a"]', '["credits","a\\u0000"]', '["learner-sessions",5,"x"]'];
    for (const cursor of ['x', ...handMade.map((text) => Buffer.from(text).toString('base64url'))]) {
      await expect(pageOfCredits(office, { limit: 1, cursor })).rejects.toMatchObject({
        code: 'invalid-request',
      });
      await expect(learnerSessions(office, { learnerId: 'u1', limit: 1, cursor })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    }
  });
});

describe('the sessions behind the figures', () => {
  test('are listed newest first, by the days on which they were open, page after page', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    for (const day of ['01', '02', '03', '04']) await office.watch('u1', 'film', `2026-02-${day} 08:00`, 30);
    const openings = async (search: {
      from?: string;
      to?: string;
      coursewareId?: string;
      limit?: number;
      cursor?: string | null;
    }) => {
      const page = await learnerSessions(office, { learnerId: 'u1', limit: 10, ...search });
      return { days: page.items.map(({ openedAt }) => openedAt.slice(8, 10)), next: page.nextCursor };
    };
    expect(await openings({})).toEqual({ days: ['04', '03', '02', '01'], next: null });
    await office.put('other', 600);
    await office.watch('u1', 'other', '2026-02-02 20:00', 30);
    expect(await openings({ coursewareId: 'other' })).toEqual({ days: ['02'], next: null });
    expect((await openings({ coursewareId: 'film' })).days).toEqual(['04', '03', '02', '01']);
    expect(await openings({ coursewareId: 'film', from: '2026-02-02', to: '2026-02-03' })).toEqual({
      days: ['03', '02'],
      next: null,
    });
    const first = await openings({ coursewareId: 'film', limit: 3 });
    expect(first.days).toEqual(['04', '03', '02']);
    expect(await openings({ coursewareId: 'film', limit: 3, cursor: first.next })).toEqual({
      days: ['01'],
      next: null,
    });
  });

  test('say their state and their days', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    const openedAt = at('2026-03-01 11:00');
    const day = office.calendar.dayOf(openedAt);
    const lastReportAt = at('2026-03-01 11:59');
    const session = {
      sessionId: sessionIdOf('s1'),
      learnerId: 'u1',
      coursewareId: 'film',
      openedAt,
      lastReportAt,
      sealedAs: null,
    };
    await office.plant([{ ...session, days: [[day, 3_540_000]] }]);
    const state = async () => (await learnerSessions(office, { learnerId: 'u1', limit: 1 })).items[0];
    expect(await state()).toEqual({
      sessionId: sessionIdOf('s1'),
      coursewareId: 'film',
      title: 'Title of film',
      kind: 'video',
      state: 'active',
      openedAt: '2026-03-01T03:00:00.000Z',
      lastSeenAt: '2026-03-01T03:59:00.000Z',
      sealedAt: null,
      watchedSeconds: 3_540,
      days: [{ day: '2026-03-01', watchedSeconds: 3_540 }],
    });
    office.setClock('2026-03-01 12:01');
    expect(await state()).toMatchObject({ state: 'expired' });
  });

  test('are active by the clock of the lock store, whatever this machine’s says, and as the lock has it', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    const openedAt = at('2026-03-01 11:00');
    const paused = {
      sessionId: sessionIdOf('s1'),
      learnerId: 'u1',
      coursewareId: 'film',
      openedAt,
      grewAt: openedAt,
      lastReportAt: at('2026-03-01 11:30'),
      sealedAs: null,
      days: [[office.calendar.dayOf(openedAt), 0]] as const,
    };
    await office.plant([paused]);
    const stateAt = async (moment: Instant) => {
      const context = { ...office, lockTime: async () => moment };
      return (await learnerSessions(context, { learnerId: 'u1', limit: 1 })).items[0]?.state;
    };
    expect(await stateAt(at('2026-03-01 11:29'))).toBe('active');
    // Paused for as long as `release`, it no longer holds, though it has just reported.
    expect(await stateAt(at('2026-03-01 11:30'))).toBe('expired');
  });
});
