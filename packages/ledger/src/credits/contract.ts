import {
  type Calendar,
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  foldSortedCredits,
  instant,
  type LearnerId,
  milliseconds,
} from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import type { PlantedSession } from '../testing/planted-session.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import type { CreditsLedger, SessionSearch } from './port.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const calendar = createCalendar('Asia/Shanghai');
/** 2026-03-01, a day in Shanghai. */
const DAY = 20_513;
const dayStart = (day: number) => calendar.startOf(day as Parameters<Calendar['startOf']>[0]);
const learner = (id: string) => id as LearnerId;
const allSessions: SessionSearch = {
  coursewareId: null,
  seenSince: null,
  openedBefore: null,
  after: null,
  limit: 100,
};

export interface CreditsStore {
  readonly ledger: CreditsLedger;
  plant(sessions: readonly PlantedSession[]): Promise<void>;
  putCourseware(id: string, limitMs: number): Promise<void>;
  hideCourseware(id: string): Promise<void>;
}

/** What every store of facts must do; `open` gives an empty one that books days by the given calendar. */
export function creditsContract(open: (calendar: Calendar) => Promise<CreditsStore>): void {
  const watched = (
    sessionId: string,
    coursewareId: string,
    at: number,
    ms: number,
    more: Partial<PlantedSession> = {},
  ) => ({
    sessionId: sessionIdOf(sessionId),
    learnerId: 'u1',
    coursewareId,
    openedAt: dayStart(DAY) + at,
    days: [[DAY, ms]] as const,
    ...more,
  });

  async function opened() {
    const store = await open(calendar);
    await store.putCourseware('a', 2 * HOUR);
    await store.putCourseware('b', HOUR);
    return store;
  }

  describe('the facts of a learner', () => {
    test('are all accepted time by session and day, in the order in which it earns', async () => {
      const { ledger, plant } = await opened();
      const lastNight = watched('s-night', 'b', -10 * MINUTE, 0, {
        days: [
          [DAY - 1, 10 * MINUTE],
          [DAY, 10 * MINUTE],
        ],
        lastReportAt: dayStart(DAY) + 10 * MINUTE,
      });
      await plant([
        watched('s-late', 'a', 9 * HOUR, HOUR),
        watched('s-early', 'a', 8 * HOUR, HOUR / 2),
        lastNight,
      ]);
      const known = await ledger.learnerFacts(learner('u1'));
      const facts = known.facts.filter((fact) => fact.kind === 'watched');
      expect(known.facts).toEqual(facts);
      expect(facts.map(({ id, day, firstMoment, ms }) => ({ id, day, firstMoment, ms }))).toEqual([
        {
          id: sessionIdOf('s-night'),
          day: DAY - 1,
          firstMoment: dayStart(DAY) - 10 * MINUTE,
          ms: 10 * MINUTE,
        },
        { id: sessionIdOf('s-night'), day: DAY, firstMoment: dayStart(DAY), ms: 10 * MINUTE },
        { id: sessionIdOf('s-early'), day: DAY, firstMoment: dayStart(DAY) + 8 * HOUR, ms: HOUR / 2 },
        { id: sessionIdOf('s-late'), day: DAY, firstMoment: dayStart(DAY) + 9 * HOUR, ms: HOUR },
      ]);
      expect(facts.map(({ lastMoment }) => lastMoment)).toEqual([
        dayStart(DAY),
        dayStart(DAY) + 10 * MINUTE,
        dayStart(DAY) + 8.5 * HOUR,
        dayStart(DAY) + 10 * HOUR,
      ]);
      const { courseware } = known;
      expect(courseware.get('a' as CoursewareId)).toEqual({ title: 'title of a', limitMs: 2 * HOUR });
      expect(courseware.get('b' as CoursewareId)).toEqual({ title: 'title of b', limitMs: HOUR });
    });

    test('can be folded as they come', async () => {
      const { ledger, plant } = await opened();
      await plant([watched('s2', 'b', 5 * HOUR, 2 * HOUR), watched('s1', 'a', 0, 3 * HOUR)]);
      const { facts, courseware } = await ledger.learnerFacts(learner('u1'));
      const limitOf = (id: CoursewareId) => courseware.get(id)?.limitMs ?? milliseconds(0);
      const [year] = foldSortedCredits(facts, { policy: defaultPolicy, limitOf, closedYears: [] }).years;
      expect(year?.online).toMatchObject({ watchedMs: 5 * HOUR, creditedMs: 3 * HOUR });
    });

    test('are also those of the session that is not over, today and before', async () => {
      const { ledger, plant } = await opened();
      const sinceLastNight = watched('s-open', 'b', -10 * MINUTE, 0, {
        days: [
          [DAY - 1, 10 * MINUTE],
          [DAY, 0],
        ],
        sealedAs: null,
      });
      await plant([watched('s-over', 'a', -9 * HOUR, HOUR, { days: [[DAY - 1, HOUR]] }), sinceLastNight]);
      const { facts, courseware } = await ledger.learnerFacts(learner('u1'));
      expect(facts).toMatchObject([
        { id: sessionIdOf('s-over'), day: DAY - 1, ms: HOUR },
        { id: sessionIdOf('s-open'), day: DAY - 1, ms: 10 * MINUTE },
      ]);
      expect([...courseware.keys()].sort()).toEqual(['a', 'b']);
    });

    test('are none where nothing was accepted, or nobody is known', async () => {
      const { ledger, plant } = await opened();
      await plant([watched('s1', 'a', 0, 0)]);
      expect((await ledger.learnerFacts(learner('u1'))).facts).toEqual([]);
      expect((await ledger.learnerFacts(learner('nobody'))).facts).toEqual([]);
    });

    test('come with the terms of their courseware as they are now, for one and for many', async () => {
      const { ledger, plant, putCourseware } = await opened();
      await plant([watched('s1', 'a', 0, HOUR), watched('s2', 'b', 2 * HOUR, HOUR)]);
      const limits = async () => {
        const [one, [many]] = [
          await ledger.learnerFacts(learner('u1')),
          await ledger.factsOf([learner('u1')]),
        ];
        return [one, many].map((known) => known?.courseware.get('a' as CoursewareId)?.limitMs);
      };
      expect(await limits()).toEqual([2 * HOUR, 2 * HOUR]);
      await putCourseware('a', 3 * HOUR);
      expect(await limits()).toEqual([3 * HOUR, 3 * HOUR]);
    });

    test('stay when their courseware is hidden', async () => {
      const { ledger, plant, hideCourseware } = await opened();
      await plant([watched('s1', 'a', 0, HOUR)]);
      await hideCourseware('a');
      const { facts, courseware } = await ledger.learnerFacts(learner('u1'));
      expect(facts).toHaveLength(1);
      expect(courseware.get('a' as CoursewareId)?.limitMs).toBe(2 * HOUR);
    });
  });

  describe('many learners', () => {
    test('come in the order of ids, byte by byte, page after page', async () => {
      const { ledger, plant } = await opened();
      const ids = ['u2', 'U2', 'u10', 'u-1', 'u.1', 'u1', 'Z', '9'];
      await plant(ids.map((learnerId, at) => watched(`s${at}`, 'a', 0, 1_000, { learnerId })));
      const known: string[] = [];
      for (let after: LearnerId | null = null; ; ) {
        const page = await ledger.learnerIds(after, 3);
        known.push(...page);
        after = page.at(-1) ?? null;
        if (page.length < 3) break;
      }
      expect(known).toEqual([...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    });

    test('have the same facts as each alone, in the order asked for', async () => {
      const { ledger, plant } = await opened();
      await plant([
        watched('s1', 'a', 0, 1_000),
        watched('s2', 'b', 0, 2_000, { learnerId: 'u2' }),
        watched('s3', 'a', 5_000, 3_000),
      ]);
      const asked = ['u2', 'nobody', 'u1'].map(learner);
      const many = await ledger.factsOf(asked);
      expect(many.map(({ learnerId }) => learnerId)).toEqual(asked);
      for (const { learnerId, facts } of many) {
        expect(facts).toEqual((await ledger.learnerFacts(learnerId)).facts);
      }
      expect(await ledger.factsOf([])).toEqual([]);
    });
  });

  describe('the sessions behind the figures', () => {
    test('are the learner’s own, newest first, with their days', async () => {
      const { ledger, plant } = await opened();
      await plant([
        watched('s1', 'a', 0, 0, {
          openedAt: dayStart(DAY) - HOUR,
          days: [
            [DAY - 1, HOUR],
            [DAY, HOUR],
          ],
          lastReportAt: dayStart(DAY) + HOUR,
        }),
        watched('s2', 'b', 2 * HOUR, 0, { sealedAs: 'superseded' }),
        watched('other', 'b', 2 * HOUR, 1_000, { learnerId: 'u2' }),
      ]);
      expect(await ledger.sessionsOf(learner('u1'), allSessions)).toMatchObject([
        {
          sessionId: sessionIdOf('s2'),
          title: 'title of b',
          kind: 'video',
          sealedAs: 'superseded',
          watchedMs: 0,
          days: [],
        },
        {
          sessionId: sessionIdOf('s1'),
          sealedAs: 'ended',
          watchedMs: 2 * HOUR,
          days: [
            { day: DAY - 1, watchedMs: HOUR },
            { day: DAY, watchedMs: HOUR },
          ],
        },
      ]);
    });

    test('are paged in one order, also those opened at one moment', async () => {
      const { ledger, plant } = await opened();
      await plant([0, 0, 0, 1, 2].map((at, number) => watched(`s${number}`, 'a', at * MINUTE, 0)));
      const ids: string[] = [];
      for (let after: SessionSearch['after'] = null; ; ) {
        const page = await ledger.sessionsOf(learner('u1'), { ...allSessions, after, limit: 2 });
        ids.push(...page.map(({ sessionId }) => sessionId));
        after = page.at(-1) ?? null;
        if (page.length < 2) break;
      }
      expect(ids).toEqual(['s4', 's3', 's2', 's1', 's0'].map(sessionIdOf));
    });

    test('can be narrowed to moments', async () => {
      const { ledger, plant } = await opened();
      await plant([
        watched('s1', 'a', 0, HOUR),
        watched('s2', 'b', 5 * HOUR, HOUR),
        watched('s3', 'a', 9 * HOUR, HOUR),
      ]);
      const ids = async (search: Partial<SessionSearch>) =>
        (await ledger.sessionsOf(learner('u1'), { ...allSessions, ...search })).map(
          ({ sessionId }) => sessionId,
        );
      const at = (hour: number) => instant(dayStart(DAY) + hour * HOUR);
      expect(await ids({ seenSince: at(6) })).toEqual(['s3', 's2'].map(sessionIdOf));
      expect(await ids({ seenSince: instant(at(6) + 1) })).toEqual(['s3'].map(sessionIdOf));
      expect(await ids({ openedBefore: at(5) })).toEqual(['s1'].map(sessionIdOf));
      expect(await ids({ seenSince: at(2), openedBefore: at(9) })).toEqual(['s2'].map(sessionIdOf));
      expect(await ids({ coursewareId: 'a' as CoursewareId })).toEqual(['s3', 's1'].map(sessionIdOf));
    });
  });
}
