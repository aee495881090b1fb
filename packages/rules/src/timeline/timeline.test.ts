import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, milliseconds } from '../quantities.ts';
import { type Course, type Presented, type Stretch, stretchesOf, type Turn } from './stretches.ts';
import { type DayCredit, withoutUncredited } from './uncredited.ts';

const SECOND = 1_000;
const terms = { tolerance: milliseconds(1_000), heartbeat: milliseconds(20_000) };

/** A session as its reports tell it: at a second, so many seconds accepted in all, presenting this from then on. */
type Report = readonly [at: number, watched: number, state: Presented];

/** As the ledger keeps it: a turn where something changed or was missing, and nothing where all went on. */
function course(reports: readonly Report[], sealedAt: number | null = null): Course {
  const turns: Turn[] = [];
  let before: Report = [0, 0, 'playing'];
  for (const report of reports) {
    const missing = report[0] - before[0] - (report[1] - before[1]);
    const steady = before[2] === 'playing' ? missing <= 1 : report[1] === before[1];
    if (report[2] !== before[2] || !steady) {
      turns.push({
        from: instant(before[0] * SECOND),
        to: instant(report[0] * SECOND),
        watchedBeforeMs: milliseconds(before[1] * SECOND),
        watchedAfterMs: milliseconds(report[1] * SECOND),
        stateBefore: before[2],
        stateAfter: report[2],
      });
    }
    before = report;
  }
  return {
    openedAt: instant(0),
    lastReportAt: instant(before[0] * SECOND),
    watchedMs: milliseconds(before[1] * SECOND),
    state: before[2],
    sealedAt: sealedAt === null ? null : instant(sealedAt * SECOND),
    turns,
  };
}

const shown = (stretches: readonly Stretch[]) =>
  stretches.map(({ from, to, watchedMs, reason }) => [
    from / SECOND,
    to / SECOND,
    watchedMs / SECOND,
    reason,
  ]);
const told = (reports: readonly Report[], sealedAt: number | null = null) =>
  shown(stretchesOf(course(reports, sealedAt), terms));

describe('R13: what counted of a session, and why the rest did not', () => {
  it('steady playing is one stretch, however many reports', () => {
    expect(
      told([
        [20, 20, 'playing'],
        [40, 40, 'playing'],
        [60, 60, 'playing'],
      ]),
    ).toEqual([[0, 60, 60, null]]);
  });

  it.each(['paused', 'hidden', 'idle', 'buffering'] as const)('%s time has that reason', (state) => {
    const reports: Report[] = [
      [20, 20, 'playing'],
      [30, 30, state],
      [50, 30, state],
      [60, 30, 'playing'],
      [80, 50, 'playing'],
    ];
    expect(told(reports)).toEqual([
      [0, 30, 30, null],
      [30, 60, 0, state],
      [60, 80, 20, null],
    ]);
  });

  it('the end of a video is a pause', () => {
    expect(
      told([
        [30, 30, 'ended'],
        [50, 30, 'ended'],
      ]),
    ).toEqual([
      [0, 30, 30, null],
      [30, 50, 0, 'paused'],
    ]);
  });

  it('a pause that was reported late stands where the playing ended', () => {
    expect(
      told([
        [20, 20, 'playing'],
        [30, 24, 'paused'],
      ]),
    ).toEqual([
      [0, 24, 24, null],
      [24, 30, 0, 'paused'],
    ]);
  });

  it('a silence longer than can be caught up on is a gap, before what was accepted', () => {
    expect(
      told([
        [20, 20, 'playing'],
        [620, 320, 'playing'],
      ]),
    ).toEqual([
      [0, 20, 20, null],
      [20, 320, 0, 'gap'],
      [320, 620, 300, null],
    ]);
  });

  it('a stall between two reports of playing is buffering', () => {
    expect(
      told([
        [20, 20, 'playing'],
        [40, 33, 'playing'],
      ]),
    ).toEqual([
      [0, 20, 20, null],
      [20, 27, 0, 'buffering'],
      [27, 40, 13, null],
    ]);
  });

  it('a little that is missing at each report is no stretch of its own', () => {
    const playing = { state: 'playing', sealedAt: null, turns: [] } as const;
    const course = { ...playing, openedAt: instant(0), lastReportAt: instant(3_600 * SECOND) };
    const stretches = stretchesOf({ ...course, watchedMs: milliseconds(3_440 * SECOND) }, terms);
    expect(shown(stretches)).toEqual([[0, 3_600, 3_440, null]]);
  });

  it('a silence of more than two reports is a gap, however little is missing: nobody knows what was shown', () => {
    expect(
      told([
        [20, 20, 'playing'],
        [110, 60, 'playing'],
      ]),
    ).toEqual([
      [0, 20, 20, null],
      [20, 70, 0, 'gap'],
      [70, 110, 40, null],
    ]);
  });

  it('after the last report nothing is known until the sealing', () => {
    expect(told([[20, 20, 'playing']], 110)).toEqual([
      [0, 20, 20, null],
      [20, 110, 0, 'gap'],
    ]);
    expect(told([[20, 20, 'paused']], 110)).toEqual([
      [0, 20, 20, null],
      [20, 110, 0, 'paused'],
    ]);
  });

  it('a session without a report has no stretch', () => {
    expect(told([])).toEqual([]);
  });
});

describe('R13: what counted and is not credited', () => {
  const playing = () =>
    stretchesOf(
      course([
        [20, 20, 'playing'],
        [40, 20, 'paused'],
        [60, 20, 'playing'],
        [100, 60, 'playing'],
      ]),
      terms,
    );
  const day = (watched: number, credited: number, reason: DayCredit['reason']): DayCredit => ({
    watchedMs: milliseconds(watched * SECOND),
    creditedMs: milliseconds(credited * SECOND),
    reason,
  });

  it('all of it is where the days are credited whole', () => {
    expect(withoutUncredited(playing(), [day(60, 60, null)])).toEqual(playing());
  });

  it('R4: from where the limit was reached, it is the reason', () => {
    expect(shown(withoutUncredited(playing(), [day(60, 50, 'courseware-limit-reached')])).slice(-2)).toEqual([
      [60, 90, 30, null],
      [90, 100, 10, 'courseware-limit-reached'],
    ]);
  });

  it('R5: so is the cap, of each day by itself', () => {
    const days = [day(40, 30, 'online-cap-reached'), day(20, 20, null)];
    expect(shown(withoutUncredited(playing(), days)).slice(-3)).toEqual([
      [60, 70, 10, null],
      [70, 80, 10, 'online-cap-reached'],
      [80, 100, 20, null],
    ]);
  });
});

describe('whatever a page reports', () => {
  const states = fc.constantFrom<Presented>('playing', 'paused', 'buffering', 'hidden', 'idle', 'ended');
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }), states),
    { minLength: 1, maxLength: 30 },
  );
  const courses = steps.map((steps) => {
    let [at, watched] = [0, 0];
    return course(
      steps.map(([elapsed, accepted, state]): Report => {
        at += elapsed;
        watched += Math.min(elapsed, accepted);
        return [at, watched, state];
      }),
    );
  });

  it('the stretches follow each other without a hole, and what is accepted in them is all that was', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const stretches = stretchesOf(course, terms);
        let at: number = course.openedAt;
        for (const { from, to, watchedMs, reason } of stretches) {
          expect(from).toBe(at);
          expect(to).toBeGreaterThan(from);
          expect(watchedMs).toBeLessThanOrEqual(to - from);
          if (reason !== null) expect(watchedMs).toBe(0);
          at = to;
        }
        expect(at).toBe(course.lastReportAt);
        expect(stretches.reduce((sum, { watchedMs }) => sum + watchedMs, 0)).toBe(course.watchedMs);
      }),
    );
  });

  it('what is not credited of them is what the fold did not credit', () => {
    fc.assert(
      fc.property(courses, fc.double({ min: 0, max: 1, noNaN: true }), (course, share) => {
        const creditedMs = milliseconds(Math.floor(course.watchedMs * share));
        const reason = creditedMs < course.watchedMs ? 'online-cap-reached' : null;
        const stretches = withoutUncredited(stretchesOf(course, terms), [
          { watchedMs: course.watchedMs, creditedMs, reason },
        ]);
        const credited = stretches.filter((each) => each.reason === null);
        expect(credited.reduce((sum, { watchedMs }) => sum + watchedMs, 0)).toBe(creditedMs);
        expect(stretches.reduce((sum, { watchedMs }) => sum + watchedMs, 0)).toBe(course.watchedMs);
      }),
    );
  });
});
