import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../civil-day.ts';
import { type CoursewareId, dayNumber } from '../quantities.ts';
import type { CreditContext } from './context.ts';
import type { Fact, TrainingFact } from './facts.ts';
import { creditsOfYear, foldCredits } from './fold.ts';
import { context, hours, training, watched } from './testing/example-facts.ts';
import * as random from './testing/random-facts.ts';

const onlineIn = (year: number, facts: readonly Fact[], given = context()) =>
  creditsOfYear(foldCredits(facts, given), year, given).online.creditedMs;

describe('a training that names courseware (R11)', () => {
  it.each([
    ['3h', '10h', 10],
    ['10h', '3h', 10],
    ['5h', '5h', 5],
  ])(
    'and %s watched of it, with %s online, count the larger, whichever came first',
    (time, online, larger) => {
      const naming = training('2026-03-01', { online, naming: ['a'] });
      expect(onlineIn(2026, [watched('a', '2026-02-01', time), naming])).toBe(hours(larger));
      expect(onlineIn(2026, [naming, watched('a', '2026-04-01', time)])).toBe(hours(larger));
    },
  );

  it('still shows all its time, and the watched time, in the total', () => {
    const facts = [training('2026-03-01', { online: '2h', naming: ['a'] }), watched('a', '2026-04-01', '1h')];
    const year = creditsOfYear(foldCredits(facts, context()), 2026, context());
    expect(year.online).toMatchObject({ watchedMs: hours(1), trainingMs: hours(2), ms: hours(3) });
    expect(year.courseware).toMatchObject([{ watchedMs: hours(1), creditedMs: 0, setOffMs: hours(1) }]);
  });

  it('leaves other courseware alone', () => {
    const facts = [training('2026-03-01', { online: '2h', naming: ['a'] }), watched('b', '2026-04-01', '1h')];
    expect(onlineIn(2026, facts)).toBe(hours(3));
  });

  it('has its offline part counted in full', () => {
    const facts = [
      watched('a', '2026-02-01', '2h'),
      training('2026-03-01', { online: '2h', offline: '2h', naming: ['a'] }),
    ];
    const year = creditsOfYear(foldCredits(facts, context()), 2026, context());
    expect([year.online.creditedMs, year.offline.creditedMs]).toEqual([hours(2), hours(2)]);
  });

  it('uses up the limit of the courseware, so that nothing counts beyond the larger', () => {
    const facts = [training('2026-03-01', { online: '1h', naming: ['a'] }), watched('a', '2026-04-01', '2h')];
    expect(onlineIn(2026, facts, context({ a: '1h' }))).toBe(hours(1));
  });

  it('takes each watched hour only once, when two trainings name the courseware', () => {
    const facts = [
      watched('a', '2026-02-01', '1h'),
      training('2026-03-01', { online: '1h', naming: ['a'] }),
      training('2026-03-02', { online: '1h', naming: ['a'] }),
    ];
    expect(onlineIn(2026, facts)).toBe(hours(2));
  });

  it('is set off as far as can be where another names the courseware too, whatever the order', () => {
    const both = training('2026-03-01', { online: '1h', naming: ['a', 'b'] });
    const one = training('2026-03-02', { online: '1h', naming: ['a'] });
    // The pair that is made first, `both` with a, has to move to b: else `one` would find a taken and count.
    expect(
      onlineIn(2026, [watched('a', '2026-02-01', '1h'), watched('b', '2026-02-02', '1h'), both, one]),
    ).toBe(hours(2));
    expect(
      onlineIn(2026, [both, one, watched('a', '2026-04-01', '1h'), watched('b', '2026-04-02', '1h')]),
    ).toBe(hours(2));
  });

  it('reaches across years as far as the limit does', () => {
    const facts = [watched('a', '2025-12-01', '1h'), training('2026-01-05', { online: '1h', naming: ['a'] })];
    expect(onlineIn(2026, facts)).toBe(0);
    expect(onlineIn(2026, facts, context({}, { coursewareLimitScope: 'year' }))).toBe(hours(1));
  });

  it('leaves the limit alone while the cap is full, as for all watched time (E13)', () => {
    const facts = [
      training('2026-02-01', { online: '1h', naming: ['a'] }),
      watched('b', '2026-03-01', '49h'),
      watched('a', '2026-04-01', '1h'),
    ];
    const year = creditsOfYear(foldCredits(facts, context()), 2026, context({ a: '2h' }));
    expect(year.courseware[1]).toMatchObject({ watchedMs: hours(1), creditedMs: 0, setOffMs: 0 });
  });

  it('that earned nothing because the cap was full sets nothing off', () => {
    const facts = [
      watched('b', '2025-02-01', '50h'),
      training('2025-03-01', { online: '1h', naming: ['a'] }),
      watched('a', '2026-02-01', '1h'),
    ];
    expect(onlineIn(2026, facts)).toBe(hours(1));
  });
});

/** The least that can separate trainings from the courseware that they name: the most that can be set off. */
function mostSetOff(trainings: readonly TrainingFact[], counted: ReadonlyMap<CoursewareId, number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (let chosen = 0; chosen < 2 ** trainings.length; chosen += 1) {
    const isChosen = (_: TrainingFact, index: number) => (chosen & (2 ** index)) !== 0;
    const named = new Set(trainings.filter(isChosen).flatMap((one) => one.coursewareIds));
    const left = trainings.filter((one, index) => !isChosen(one, index));
    let cut = 0;
    for (const one of left) cut += one.onlineMs;
    for (const id of named) cut += counted.get(id) ?? 0;
    least = Math.min(least, cut);
  }
  return least;
}

it('sets off as much as can be, however trainings share courseware (against every cut)', () => {
  const june = parseDay('2025-06-01');
  const oneYear = random.facts.map((facts) =>
    facts.map((fact): Fact => ({ ...fact, day: dayNumber(june + (fact.day % 5)) })),
  );
  fc.assert(
    fc.property(oneYear, random.limitOf, (facts, limitOf) => {
      const given: CreditContext = {
        ...context({}, { categories: { online: { cap: null } } }),
        limitOf,
      };
      const counted = new Map<CoursewareId, number>();
      let time = 0;
      for (const fact of facts) {
        if (fact.kind === 'watched') {
          const sum = (counted.get(fact.coursewareId) ?? 0) + fact.ms;
          counted.set(fact.coursewareId, Math.min(sum, limitOf(fact.coursewareId)));
        }
        if (fact.kind === 'training') time += fact.onlineMs;
        if (fact.kind === 'activity' && fact.category === 'online') time += fact.ms;
      }
      for (const ms of counted.values()) time += ms;
      const trainings = facts.filter((fact) => fact.kind === 'training');
      expect(onlineIn(2025, facts, given)).toBe(time - mostSetOff(trainings, counted));
    }),
    { numRuns: 1_000 },
  );
});
