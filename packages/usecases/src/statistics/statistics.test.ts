import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CoursewareId, type LearnerId, milliseconds } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { putCourseware } from '../courseware/index.ts';
import { learnerCredits } from '../credits/index.ts';
import { putLearner } from '../people/index.ts';
import { learnerRecord } from '../record/index.ts';
import { openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, institute, training } from '../testing/office-work.ts';
import { createRemembered, statistics } from './index.ts';

const hours = (seconds: number, creditedSeconds = seconds) => ({
  seconds: seconds * HOUR,
  creditedSeconds: creditedSeconds * HOUR,
});

describe('statistics', () => {
  test('add up what each learner’s credits and records say', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1', 'u2']);
    await institute(office, 'icr', ['u3']);
    await office.put('film', 120);
    await office.put('talk', 60);
    await office.watch('u1', 'film', '2026-01-10 08:00', 180);
    await office.watch('u2', 'film', '2026-02-10 08:00', 60);
    await office.watch('u3', 'talk', '2026-02-11 08:00', 60);
    await office.watch('u3', 'talk', '2025-02-11 08:00', 30);
    await approved(office, 'u1', declared({ hours: 12, from: '2026-01-05', to: '2026-01-08' }));
    await held(office, 't1', training({ online: 2, offline: 90, startsAt: '2026-01-20T09:00:00+08:00' }), [
      'u1',
    ]);
    const told = await statistics(office, { year: 2026 });

    expect(told).toMatchObject({ year: 2026, organisationId: null, learners: 3, reached: 1 });
    expect(told.asOf).toBe('2026-03-01T04:00:00.000Z');
    expect(told.goalSeconds).toBe(100 * HOUR);
    expect(told.distribution).toHaveLength(12);
    expect(told.distribution.filter(({ learners }) => learners > 0)).toEqual([
      { fromPercent: 0, toPercent: 10, learners: 2 },
      { fromPercent: 100, toPercent: null, learners: 1 },
    ]);
    // u3 watched half of the talk the year before: of its hour half was left.
    expect(told.hours).toEqual({
      online: hours(7, 5.5),
      selfStudy: hours(12, 10),
      offline: hours(90),
      total: hours(109, 105.5),
    });
    for (const learnerId of ['u1', 'u2', 'u3']) {
      const { total } = await learnerCredits(office, { learnerId, year: 2026, allowedCourseware: null });
      expect(total.creditedSeconds).toBeGreaterThan(0);
    }
    expect(told.courseware).toEqual([
      {
        coursewareId: 'film',
        title: 'Title of film',
        limitSeconds: 2 * HOUR,
        watchedSeconds: 4 * HOUR,
        creditedSeconds: 3 * HOUR,
        learners: 2,
        unfinishedLearners: 1,
      },
      {
        coursewareId: 'talk',
        title: 'Title of talk',
        limitSeconds: HOUR,
        watchedSeconds: HOUR,
        creditedSeconds: HOUR / 2,
        learners: 1,
        unfinishedLearners: 0,
      },
    ]);
    expect(told.coursewareWatched).toBe(2);
    expect(told.organisations).toEqual([
      {
        organisationId: 'icr',
        name: 'Institute icr',
        learners: 1,
        reached: 0,
        averageCreditedSeconds: HOUR / 2,
      },
      {
        organisationId: 'imr',
        name: 'Institute imr',
        learners: 2,
        reached: 1,
        averageCreditedSeconds: 52.5 * HOUR,
      },
    ]);
  });

  test('tell a month as a record of that month does: a cap that was full stays full (E18)', async () => {
    const office = await openOffice();
    await approved(office, 'u1', declared({ hours: 10, from: '2026-01-05', to: '2026-01-08' }));
    await approved(
      office,
      'u1',
      declared({ title: 'Another', hours: 10, from: '2026-02-02', to: '2026-02-05' }),
    );
    const { months } = await statistics(office, {});
    expect(months.map(({ month }) => month)[11]).toBe('2026-12');
    for (const month of ['2026-01', '2026-02']) {
      const record = await learnerRecord(office, {
        learnerId: 'u1',
        organisationId: null,
        from: month,
        to: month,
      });
      const { seconds, creditedSeconds } = record.selfStudy;
      expect(months.find((each) => each.month === month)?.selfStudy).toEqual({ seconds, creditedSeconds });
    }
  });

  test('of an institute are of its roster alone, and name no other', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'icr', ['u2']);
    await office.put('film', 120);
    await office.watch('u1', 'film', '2026-01-10 08:00', 60);
    await office.watch('nobody-s', 'film', '2026-01-10 08:00', 30);
    const icr = await statistics(office, { organisationId: 'icr' });
    expect(icr).toMatchObject({ organisationId: 'icr', learners: 1, courseware: [], coursewareWatched: 0 });
    expect(icr.hours.total).toEqual(hours(0));
    expect(icr.organisations.map(({ organisationId }) => organisationId)).toEqual(['icr']);
    const all = await statistics(office, {});
    expect(all.organisations.map(({ organisationId, learners }) => [organisationId, learners])).toEqual([
      ['icr', 1],
      ['imr', 1],
      [null, 1],
    ]);
    expect(await statistics(office, { organisationId: 'unknown' })).toMatchObject({ learners: 0 });
  });

  test('leave out who owes no hours any more', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1', 'u2']);
    const fields = { name: 'Name of u2', organisationId: 'imr', active: false };
    await putLearner(office, { ...hq, id: 'u2', fields });
    expect(await statistics(office, {})).toMatchObject({ learners: 1 });
  });

  test('know from what was played who has finished, where the length of the media is known', async () => {
    const office = await openOffice();
    const fields = { title: 'A film', kind: 'video', limitSeconds: 4 * HOUR, mediaSeconds: 3_600 } as const;
    await putCourseware(office, { actor: 'ann', id: 'film', fields });
    for (const learner of ['u1', 'u2']) await office.watch(learner, 'film', '2026-01-10 08:00', 50);
    const [from, to] = [milliseconds(0), milliseconds(2_900_000)];
    const played = { ranges: [[from, to]], place: null } as const;
    await office.ledger.coverage.add('u1' as LearnerId, 'film' as CoursewareId, played);
    const { courseware } = await statistics(office, {});
    expect(courseware).toMatchObject([{ learners: 2, unfinishedLearners: 1 }]);
  });

  test('are kept for a minute, and say of when they are', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    expect(await statistics(office, {})).toMatchObject({ learners: 1 });
    await institute(office, 'icr', ['u2']);
    office.setClock('2026-03-01 12:00');
    expect(await statistics(office, {})).toMatchObject({ learners: 1, asOf: '2026-03-01T04:00:00.000Z' });
    office.setClock('2026-03-01 12:01');
    expect(await statistics(office, {})).toMatchObject({ learners: 2, asOf: '2026-03-01T04:01:00.000Z' });
  });
});

test('statistics of a year that has not begun are empty, and nobody is folded for them', async () => {
  const office = await openOffice();
  await institute(office, 'imr', ['u1']);
  const surveys: typeof office.surveys = { of: () => expect.fail('it was folded') };
  const none = { year: 2027, learners: 0, goalSeconds: 100 * HOUR, organisations: [] };
  expect(await statistics({ ...office, surveys }, { year: 2027 })).toMatchObject(none);
});

describe('what is remembered', () => {
  function clockwork() {
    let time = 0;
    let made = 0;
    const answers: ((took: number) => void)[] = [];
    const remembered = createRemembered<string, { readonly nth: number }>({ clock: () => time });
    const ask = () =>
      remembered.of('key', () => {
        made += 1;
        const nth = made;
        return new Promise((resolve) => {
          answers.push((took) => {
            time += took;
            resolve({ nth });
          });
        });
      });
    const pass = (ms: number) => {
      time += ms;
    };
    return { ask, pass, answers, made: () => made };
  }

  test('is made once for all who ask at the same time', async () => {
    const { ask, answers, made } = clockwork();
    const asked = [ask(), ask(), ask()];
    answers[0]?.(5);
    expect(await Promise.all(asked)).toEqual([{ nth: 1 }, { nth: 1 }, { nth: 1 }]);
    expect(made()).toBe(1);
  });

  test('what was quick is made anew after a minute; what was dear is given while it is made anew', async () => {
    const quick = clockwork();
    const first = quick.ask();
    quick.answers[0]?.(5);
    await first;
    quick.pass(60_000);
    const second = quick.ask();
    quick.answers[1]?.(5);
    expect(await second).toEqual({ nth: 2 });

    const dear = clockwork();
    const begun = dear.ask();
    dear.answers[0]?.(5_000);
    await begun;
    dear.pass(60_000);
    expect(await dear.ask()).toEqual({ nth: 1 });
    expect(dear.made()).toBe(2);
    dear.answers[1]?.(5_000);
    await nextTurn();
    dear.pass(600_000);
    const third = dear.ask();
    dear.answers[2]?.(5_000);
    expect(await third).toEqual({ nth: 3 });
  });

  test('is made one at a time; beyond three that wait it is refused', async () => {
    const remembered = createRemembered<number, object>();
    const [made, begun]: [Promise<object>[], number[]] = [[], []];
    const ends: (() => void)[] = [];
    for (const key of [1, 2, 3, 4])
      made.push(
        remembered.of(key, () => {
          begun.push(key);
          return new Promise((resolve) => ends.push(() => resolve({ key })));
        }),
      );
    await expect(remembered.of(5, async () => ({}))).rejects.toMatchObject({ code: 'unavailable' });
    for (const key of [1, 2, 3, 4]) {
      expect(begun.at(-1)).toBe(key);
      expect(begun).toHaveLength(key);
      ends.at(-1)?.();
      await nextTurn();
    }
    expect(await Promise.all(made)).toEqual([{ key: 1 }, { key: 2 }, { key: 3 }, { key: 4 }]);
    expect(await remembered.of(5, async () => ({ key: 5 }))).toEqual({ key: 5 });
  });

  test('a failure is told to who waits for it, and not kept', async () => {
    const remembered = createRemembered<string, object>();
    await expect(remembered.of('key', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await remembered.of('key', async () => ({ made: true }))).toEqual({ made: true });
  });
});
