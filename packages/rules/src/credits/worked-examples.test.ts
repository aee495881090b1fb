import { describe, expect, it } from 'vitest';
import { createCalendar } from '../calendar.ts';
import { firstDayOfMonth } from '../civil-day.ts';
import { formatDuration } from '../durations.ts';
import { splitAtMidnight } from '../midnight.ts';
import { type CoursewareId, instant, milliseconds, type SessionId } from '../quantities.ts';
import type { CreditContext } from './context.ts';
import type { Fact } from './facts.ts';
import { creditsOfYear, foldCredits } from './fold.ts';
import { freezeYear } from './frozen-year.ts';
import { project, projectionBaseline } from './projection.ts';
import { creditsInRange } from './range.ts';
import { activity, context, courseware, hours, minutes, training, watched } from './testing/example-facts.ts';

const yearOfFacts = (year: number, facts: readonly Fact[], given: CreditContext) =>
  creditsOfYear(foldCredits(facts, given), year, given);

function coursewareIn(year: number, id: string, facts: readonly Fact[], given: CreditContext) {
  return yearOfFacts(year, facts, given).courseware.find((one) => one.coursewareId === courseware(id));
}

describe('the worked examples of the rules', () => {
  it('E1: twenty minutes of a two-hour PPT earn twenty minutes', () => {
    const facts = [watched('ppt', '2026-03-01', '20m')];
    const year = yearOfFacts(2026, facts, context({ ppt: '2h' }));
    expect(year.online).toMatchObject({ watchedMs: minutes(20), creditedMs: minutes(20) });
    expect(year.courseware).toMatchObject([
      {
        coursewareId: 'ppt',
        watchedMs: minutes(20),
        creditedMs: minutes(20),
        setOffMs: 0,
        limitMs: hours(2),
        creditedInScopeMs: minutes(20),
        remainingMs: minutes(100),
        lastDay: facts[0]?.day,
      },
    ]);
  });

  it('E2: watching again earns no more than the courseware’s limit', () => {
    const facts = [1, 2, 3].map((day) => watched('ppt', `2026-03-0${day}`, '1h'));
    expect(coursewareIn(2026, 'ppt', facts, context({ ppt: '2h' }))).toMatchObject({
      watchedMs: hours(3),
      creditedMs: hours(2),
      remainingMs: 0,
    });
  });

  it('E4: the online cap cuts a viewing short', () => {
    const before = [watched('old', '2026-02-01', '49h50m')];
    const running = watched('fresh', '2026-03-01', '30m');
    expect(yearOfFacts(2026, [...before, running], context()).online).toMatchObject({
      ms: minutes(50 * 60 + 20),
      creditedMs: hours(50),
      remainingMs: 0,
    });
    expect(coursewareIn(2026, 'fresh', [...before, running], context())?.creditedMs).toBe(minutes(10));
    const baseline = projectionBaseline(before, running, context());
    expect(project(baseline, milliseconds(minutes(10) - 1)).stopped).toBeNull();
    expect(project(baseline, running.ms)).toMatchObject({
      coursewareCreditedMs: minutes(10),
      onlineCreditedMs: hours(50),
      stopped: 'online-cap-reached',
    });
  });

  it('E5: approved external network learning shares the online cap', () => {
    const facts = [watched('a', '2026-02-01', '45h'), activity('online', '2026-03-01', '8h')];
    expect(yearOfFacts(2026, facts, context()).online).toMatchObject({
      watchedMs: hours(45),
      declaredMs: hours(8),
      ms: hours(53),
      creditedMs: hours(50),
    });
  });

  it('E6: what is missing to the goal is the goal minus what is credited', () => {
    const facts = [
      activity('offline', '2026-02-01', '44h'),
      activity('self-study', '2026-02-01', '48h'),
      watched('a', '2026-02-01', '10m'),
    ];
    const { total } = yearOfFacts(2026, facts, context());
    expect(Object.values(total).map((ms) => formatDuration(ms))).toEqual([
      '92h10m',
      '54h10m',
      '100h',
      '45h50m',
    ]);
  });

  it('E7: watched over New Year counts ten minutes in each year', () => {
    const parts = splitAtMidnight(
      instant(Date.parse('2025-12-31T23:50:00+08:00')),
      instant(Date.parse('2026-01-01T00:10:00+08:00')),
      createCalendar('Asia/Shanghai'),
    );
    const facts = parts.map(({ day, start, ms }) => ({
      ...watched('a', '2026-01-01', '0s'),
      day,
      firstMoment: start,
      ms,
    }));
    const { years } = foldCredits(facts, context());
    expect(years.map(({ year, total }) => [year, total.creditedMs])).toEqual([
      [2025, minutes(10)],
      [2026, minutes(10)],
    ]);
  });

  it('E8: a limit is used up once in a lifetime, or anew each year if the policy says so', () => {
    const facts = [watched('a', '2025-06-01', '1h30m'), watched('a', '2026-06-01', '1h')];
    const lifetime = coursewareIn(2026, 'a', facts, context({ a: '2h' }));
    expect(lifetime).toMatchObject({ creditedMs: minutes(30), creditedInScopeMs: hours(2), remainingMs: 0 });
    const yearly = coursewareIn(2026, 'a', facts, context({ a: '2h' }, { coursewareLimitScope: 'year' }));
    expect(yearly).toMatchObject({
      creditedMs: hours(1),
      creditedInScopeMs: hours(1),
      remainingMs: hours(1),
    });
  });

  it('E12: correcting a limit corrects the open year, and leaves a closed one unchanged', () => {
    const facts = [watched('a', '2025-06-01', '2h')];
    const mistaken = context({ a: '12m' });
    const before = yearOfFacts(2025, facts, mistaken);
    expect(before.total.creditedMs).toBe(minutes(12));
    expect(yearOfFacts(2025, facts, context({ a: '2h' })).total.creditedMs).toBe(hours(2));

    const closed = freezeYear(before, mistaken.policy);
    const after = yearOfFacts(2025, facts, context({ a: '2h' }, {}, [closed]));
    expect(after).toMatchObject({ closed: true, total: { ms: hours(2), creditedMs: minutes(12) } });
  });

  it('E13: time watched while the cap was full uses up nothing of a lifetime limit', () => {
    const facts = [
      watched('other', '2025-05-01', '50h'),
      watched('a', '2025-06-01', '2h'),
      watched('a', '2026-06-01', '2h'),
    ];
    const given = context({ a: '2h' });
    expect(coursewareIn(2025, 'a', facts, given)).toMatchObject({ watchedMs: hours(2), creditedMs: 0 });
    expect(coursewareIn(2026, 'a', facts, given)?.creditedMs).toBe(hours(2));
  });

  it('E16: a later year starts from the closed one’s snapshot', () => {
    const mistaken = context({ a: '12m' });
    const early = [watched('a', '2025-06-01', '2h')];
    const closed = freezeYear(yearOfFacts(2025, early, mistaken), mistaken.policy);
    const facts = [...early, watched('a', '2026-06-01', '2h')];
    const given = context({ a: '2h' }, {}, [closed]);
    expect(coursewareIn(2026, 'a', facts, given)?.creditedMs).toBe(minutes(108));
  });

  it('E17: a confirmed training counts its two parts in their categories', () => {
    const facts = [
      watched('a', '2026-02-01', '45h'),
      training('2026-03-01', { online: '10h', offline: '6h' }),
    ];
    const year = yearOfFacts(2026, facts, context());
    expect(year.online).toMatchObject({ trainingMs: hours(10), ms: hours(55), creditedMs: hours(50) });
    expect(year.offline).toEqual({
      externalMs: 0,
      trainingMs: hours(6),
      ms: hours(6),
      creditedMs: hours(6),
      capMs: null,
      remainingMs: null,
    });
  });

  it('E18: the record of February shows what January left of the cap', () => {
    const facts = [activity('self-study', '2026-01-10', '10h'), activity('self-study', '2026-02-10', '10h')];
    const credits = foldCredits(facts, context());
    const february = creditsInRange(credits, firstDayOfMonth(2026, 2), firstDayOfMonth(2026, 3));
    expect(february.selfStudy).toEqual({ ms: hours(10), creditedMs: 0 });
    expect(february.total).toEqual({ ms: hours(10), creditedMs: 0 });
  });

  it('E19: on one day the first opened earns first, in whatever order the facts arrived', () => {
    const used = watched('old', '2025-02-01', '49h');
    const first = { ...watched('a', '2025-03-01', '1h', 1), id: 'session-2' as SessionId };
    const second = { ...watched('b', '2025-03-01', '1h', 61), id: 'session-1' as SessionId };
    for (const facts of [
      [used, first, second],
      [second, first, used],
    ]) {
      expect(coursewareIn(2025, 'a', facts, context())?.creditedMs).toBe(hours(1));
      expect(coursewareIn(2025, 'b', facts, context())?.creditedMs).toBe(0);
    }
  });

  it('E20: of eight hours declared the six approved count', () => {
    const { total } = yearOfFacts(2026, [activity('offline', '2026-02-01', '6h')], context());
    expect(total).toMatchObject({ ms: hours(6), creditedMs: hours(6) });
  });

  it('E21: lowering a limit lowers what an open year credits', () => {
    const facts = [watched('a', '2026-02-01', '2h')];
    const limits = new Map<CoursewareId, ReturnType<typeof hours>>([[courseware('a'), hours(2)]]);
    const given: CreditContext = { ...context(), limitOf: (id) => limits.get(id) ?? hours(0) };
    expect(coursewareIn(2026, 'a', facts, given)?.creditedMs).toBe(hours(2));
    limits.set(courseware('a'), hours(1));
    expect(coursewareIn(2026, 'a', facts, given)).toMatchObject({ creditedMs: hours(1), remainingMs: 0 });
  });
});
