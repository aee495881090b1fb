import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yearOf } from '../civil-day.ts';
import { milliseconds } from '../quantities.ts';
import type { CreditContext } from './context.ts';
import type { Fact } from './facts.ts';
import { creditsOfYear, foldCredits } from './fold.ts';
import { freezeYear } from './frozen-year.ts';
import { project, projectionBaseline, type RunningFact } from './projection.ts';
import { activity, context, hours, minutes, training, watched } from './testing/example-facts.ts';
import * as random from './testing/random-facts.ts';

/** The same figures by folding everything. */
function byFullFold(others: readonly Fact[], running: RunningFact, ms: number, given: CreditContext) {
  const facts: Fact[] = [...others, { kind: 'watched', ...running, ms: milliseconds(ms) }];
  const year = creditsOfYear(foldCredits(facts, given), yearOf(running.day), given);
  const courseware = year.courseware.find((one) => one.coursewareId === running.coursewareId);
  return {
    year: year.year,
    coursewareCreditedMs: courseware?.creditedInScopeMs,
    coursewareRemainingMs: courseware?.remainingMs,
    onlineCreditedMs: year.online.creditedMs,
    onlineCapMs: year.online.capMs,
    onlineRemainingMs: year.online.remainingMs,
    stopped: year.closed
      ? 'year-closed'
      : courseware?.remainingMs === 0
        ? 'courseware-limit-reached'
        : year.online.remainingMs === 0
          ? 'online-cap-reached'
          : null,
  };
}

function expectEqualToFullFold(others: readonly Fact[], running: RunningFact, given: CreditContext): void {
  const baseline = projectionBaseline(others, running, given);
  for (let ms = 0; ms <= 65; ms += 1) {
    expect(project(baseline, milliseconds(ms))).toEqual(byFullFold(others, running, ms, given));
  }
}

describe('a projection', () => {
  it('equals the full fold, whatever else the learner has', () => {
    fc.assert(fc.property(random.facts, random.runningFact, random.openContext, expectEqualToFullFold), {
      numRuns: 1_000,
    });
  });

  it('equals the full fold after years were closed', () => {
    fc.assert(
      fc.property(random.facts, random.runningFact, random.openContext, (others, running, given) => {
        const before = foldCredits(others, given);
        const closedYears = [2023, 2024, 2025].map((year) =>
          freezeYear(creditsOfYear(before, year, given), given.policy),
        );
        expectEqualToFullFold(others, running, { ...given, closedYears });
      }),
      { numRuns: 200 },
    );
  });

  it('is a matter of additions for the session opened last, activities and trainings of the day included', () => {
    const others = [
      watched('a', '2026-03-01', '10m', 1),
      watched('b', '2026-03-01', '10m', 2),
      training('2026-03-01', { online: '1h' }),
      activity('online', '2026-03-01', '1h'),
    ];
    const running = watched('a', '2026-03-01', '0s', 3);
    expect(projectionBaseline(others, running, context()).kind).toBe('alone');
  });

  it('tells apart why further time does not count', () => {
    const running = watched('a', '2026-03-01', '0s');
    const standing = (others: Fact[], given: CreditContext) =>
      project(projectionBaseline(others, running, given), minutes(5));
    expect(standing([], context({ a: '10m' })).stopped).toBeNull();
    expect(standing([], context({ a: '5m' })).stopped).toBe('courseware-limit-reached');
    expect(standing([], context({ a: '0s' })).stopped).toBe('courseware-limit-reached');
    const full = [watched('b', '2026-02-01', '50h')];
    expect(standing(full, context({ a: '10m' })).stopped).toBe('online-cap-reached');
    const credits = creditsOfYear(foldCredits(full, context()), 2026, context());
    const closed = context({ a: '0s' }, {}, [freezeYear(credits, context().policy)]);
    expect(standing(full, closed)).toMatchObject({ stopped: 'year-closed', onlineCreditedMs: hours(50) });
  });
});
