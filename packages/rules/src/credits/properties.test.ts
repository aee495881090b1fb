import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yearOf } from '../civil-day.ts';
import type { CoursewareId } from '../quantities.ts';
import type { CreditContext } from './context.ts';
import { creditsOfYear, foldCredits, type LearnerCredits } from './fold.ts';
import { freezeYear } from './frozen-year.ts';
import * as random from './testing/random-facts.ts';

const sum = (figures: Iterable<number>): number => [...figures].reduce((total, one) => total + one, 0);

/** What the facts of a year earned, one by one, in each category. */
function earnedByFacts({ facts, creditedMs, offlinePartMs }: LearnerCredits, year: number) {
  const earned = { online: 0, 'self-study': 0, offline: 0 };
  for (const [index, fact] of facts.entries()) {
    if (yearOf(fact.day) !== year) continue;
    earned[fact.kind === 'activity' ? fact.category : 'online'] += creditedMs[index] ?? Number.NaN;
    earned.offline += offlinePartMs[index] ?? Number.NaN;
  }
  return earned;
}

function expectFactsToAddUp(credits: LearnerCredits): void {
  for (const { year, online, selfStudy, offline } of credits.years) {
    expect(earnedByFacts(credits, year)).toEqual({
      online: online.creditedMs,
      'self-study': selfStudy.creditedMs,
      offline: offline.creditedMs,
    });
  }
}

const withScope = (context: CreditContext, coursewareLimitScope: 'lifetime' | 'year'): CreditContext => ({
  ...context,
  policy: { ...context.policy, coursewareLimitScope },
});

describe('whatever a learner does', () => {
  it('no category is credited above its time or its cap', () => {
    fc.assert(
      fc.property(random.facts, random.openContext, (facts, context) => {
        for (const { online, selfStudy, offline } of foldCredits(facts, context).years) {
          for (const category of [online, selfStudy, offline]) {
            expect(category.creditedMs).toBeLessThanOrEqual(category.ms);
            expect(category.creditedMs).toBeLessThanOrEqual(category.capMs ?? Number.POSITIVE_INFINITY);
          }
        }
      }),
    );
  });

  it('no courseware is credited above its watched time or, in the limit’s scope, its limit', () => {
    fc.assert(
      fc.property(random.facts, random.openContext, (facts, context) => {
        const { years } = foldCredits(facts, context);
        const counted = new Map<CoursewareId, number>();
        for (const one of years.flatMap(({ courseware }) => courseware)) {
          const scope = context.policy.coursewareLimitScope;
          const before = scope === 'lifetime' ? (counted.get(one.coursewareId) ?? 0) : 0;
          const now = before + one.creditedMs + one.setOffMs;
          counted.set(one.coursewareId, now);
          expect(one.creditedMs + one.setOffMs).toBeLessThanOrEqual(one.watchedMs);
          expect(now).toBeLessThanOrEqual(one.limitMs);
          expect(one.remainingMs).toBe(one.limitMs - now);
        }
      }),
    );
  });

  it('the credits of the facts add up to the credits of the categories', () => {
    fc.assert(
      fc.property(random.facts, random.openContext, (facts, context) => {
        expectFactsToAddUp(foldCredits(facts, context));
      }),
    );
  });

  it('the order in which the facts arrive does not matter', () => {
    const shuffled = random.facts.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, random.openContext, ([facts, otherwise], context) => {
        expect(foldCredits(otherwise, context)).toEqual(foldCredits(facts, context));
      }),
    );
  });

  it('with scope year, watching more lowers no year’s total', () => {
    fc.assert(
      fc.property(random.facts, random.watchedFact, random.openContext, (facts, more, given) => {
        const context = withScope(given, 'year');
        const after = foldCredits([...facts, more], context);
        for (const { year, total } of foldCredits(facts, context).years) {
          const more = creditsOfYear(after, year, context).total;
          expect(more.creditedMs).toBeGreaterThanOrEqual(total.creditedMs);
          expect(more.ms).toBeGreaterThanOrEqual(total.ms);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

/** A learner of whom the first years are closed, and who then went on: late watched time, other limits. */
const withClosedYears = fc
  .record({
    early: random.facts,
    context: random.openContext,
    lastClosed: fc.constantFrom(2024, 2025),
    late: fc.array(random.watchedFact, { maxLength: 4 }),
    limitOf: random.limitOf,
  })
  .map(({ early, context, lastClosed, late, limitOf }) => {
    const before = foldCredits(early, context);
    const closedYears = [2023, 2024, 2025]
      .filter((year) => year <= lastClosed)
      .map((year) => freezeYear(creditsOfYear(before, year, context), context.policy));
    return { early, late, before, context, closedYears, limitOf };
  });

describe('a closed year (R8)', () => {
  it('is altered neither by late watched time nor by another limit', () => {
    fc.assert(
      fc.property(withClosedYears, ({ early, late, before, context, closedYears, limitOf }) => {
        const after = foldCredits([...early, ...late], { ...context, limitOf, closedYears });
        for (const { year, credited } of closedYears) {
          const now = creditsOfYear(after, year, context);
          expect(now.closed).toBe(true);
          expect({
            online: now.online.creditedMs,
            'self-study': now.selfStudy.creditedMs,
            offline: now.offline.creditedMs,
          }).toEqual(credited);
          const then = creditsOfYear(before, year, context);
          const counted = new Map(now.courseware.map((one) => [one.coursewareId, one.creditedMs]));
          for (const one of then.courseware) expect(counted.get(one.coursewareId)).toBe(one.creditedMs);
          expect(sum(counted.values())).toBe(sum(then.courseware.map((one) => one.creditedMs)));
        }
        expectFactsToAddUp(after);
      }),
    );
  });

  it('changes nothing for later years by being closed', () => {
    fc.assert(
      fc.property(withClosedYears, ({ early, before, context, closedYears }) => {
        const after = foldCredits(early, { ...context, closedYears });
        for (const then of before.years) {
          const now = creditsOfYear(after, then.year, context);
          expect(now.total).toEqual(then.total);
          expect(now.online).toEqual(then.online);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
