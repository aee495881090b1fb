import { describe, expect, it } from 'vitest';
import { firstDayOfMonth, parseDay } from '../civil-day.ts';
import { foldCredits } from './fold.ts';
import { creditsInRange } from './range.ts';
import { activity, context, hours, minutes, training, watched } from './testing/example-facts.ts';

const credits = foldCredits(
  [
    watched('a', '2025-12-31', '1h'),
    watched('a', '2026-01-10', '1h', 1),
    watched('b', '2026-01-11', '30m'),
    watched('a', '2026-01-12', '1h', 2),
    activity('online', '2026-01-13', '2h'),
    activity('self-study', '2026-01-14', '3h'),
    activity('offline', '2026-01-15', '4h'),
    training('2026-01-31', { online: '5h', offline: '6h' }),
    watched('b', '2026-02-01', '30m'),
  ],
  context({ a: '2h' }),
);

describe('the credits of a range of months (R12)', () => {
  it('are what the facts of its days earned in their whole years', () => {
    const january = creditsInRange(credits, firstDayOfMonth(2026, 1), firstDayOfMonth(2026, 2));
    expect(january).toEqual({
      online: {
        watchedMs: minutes(150),
        declaredMs: hours(2),
        trainingMs: hours(5),
        ms: minutes(570),
        creditedMs: minutes(510),
      },
      selfStudy: { ms: hours(3), creditedMs: hours(3) },
      offline: { externalMs: hours(4), trainingMs: hours(6), ms: hours(10), creditedMs: hours(10) },
      total: { ms: minutes(1_350), creditedMs: minutes(1_290) },
      courseware: [
        { coursewareId: 'a', watchedMs: hours(2), creditedMs: hours(1), lastDay: parseDay('2026-01-12') },
        {
          coursewareId: 'b',
          watchedMs: minutes(30),
          creditedMs: minutes(30),
          lastDay: parseDay('2026-01-11'),
        },
      ],
    });
  });

  it('may span years', () => {
    const both = creditsInRange(credits, firstDayOfMonth(2025, 12), firstDayOfMonth(2026, 3));
    expect(both.online).toMatchObject({ watchedMs: hours(4), creditedMs: hours(10) });
  });

  it('of nothing are zeros', () => {
    const { total, courseware } = creditsInRange(credits, firstDayOfMonth(2027, 1), firstDayOfMonth(2027, 2));
    expect(total).toEqual({ ms: 0, creditedMs: 0 });
    expect(courseware).toEqual([]);
  });
});
