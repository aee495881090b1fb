import { describe, expect, it } from 'vitest';
import { creditsOfYear, foldCredits } from './fold.ts';
import { activity, context, hours, training, watched } from './testing/example-facts.ts';

describe('a year’s credits', () => {
  it('miss what the goal lacks to the time as shown, so that the head line adds up (R12)', () => {
    const given = context({}, { goal: '10s' });
    const { total } = creditsOfYear(foldCredits([watched('a', '2026-03-01', '1500ms')], given), 2026, given);
    // 1 s of 10 s is shown as done, so 9 s are missing, not the 8 s of 8.5.
    expect(total).toMatchObject({ creditedMs: 1_500, goalMs: 10_000, missingMs: 9_000 });
  });

  it('miss nothing once the goal is passed', () => {
    const given = context({}, { goal: '1h' });
    const { total } = creditsOfYear(
      foldCredits([activity('offline', '2026-03-01', '2h')], given),
      2026,
      given,
    );
    expect(total).toMatchObject({ creditedMs: hours(2), missingMs: 0 });
  });

  it('are zeros, with caps and goal, where the learner has nothing', () => {
    const credits = foldCredits([], context());
    expect(credits.years).toEqual([]);
    expect(creditsOfYear(credits, 2026, context())).toMatchObject({
      year: 2026,
      closed: false,
      online: { ms: 0, creditedMs: 0, capMs: hours(50), remainingMs: hours(50) },
      selfStudy: { ms: 0, creditedMs: 0, capMs: hours(10), remainingMs: hours(10) },
      offline: { ms: 0, creditedMs: 0, capMs: null, remainingMs: null },
      total: { ms: 0, creditedMs: 0, goalMs: hours(100), missingMs: hours(100) },
      courseware: [],
    });
  });

  it('say of each fact what it earned, of a training for both its parts', () => {
    const { facts, creditedMs, offlinePartMs } = foldCredits(
      [
        training('2026-03-02', { online: '3h', offline: '4h' }),
        watched('a', '2026-03-01', '2h'),
        activity('self-study', '2026-03-03', '12h'),
      ],
      context({ a: '1h' }, { categories: { offline: { cap: '3h' } } }),
    );
    expect(facts.map(({ kind }) => kind)).toEqual(['watched', 'training', 'activity']);
    expect(creditedMs).toEqual([hours(1), hours(3), hours(10)]);
    expect(offlinePartMs).toEqual([0, hours(3), 0]);
  });
});
