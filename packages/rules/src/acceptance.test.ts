import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AcceptanceTerms,
  accept,
  dayOf,
  OutsideDayWindow,
  openAccount,
  type WatchAccount,
} from './acceptance.ts';
import { createCalendar } from './calendar.ts';
import { parseDay } from './civil-day.ts';
import { createDayWindows } from './day-window.ts';
import { splitAtMidnight } from './midnight.ts';
import { defaultPolicy } from './policy.ts';
import { type DayNumber, type Instant, instant, milliseconds } from './quantities.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const terms: AcceptanceTerms = defaultPolicy;
const { maxCatchUp, slack } = terms;
const noon = instant(Date.parse('2026-03-01T12:00:00+08:00'));

/** A session whose reports arrive at so many ms after its opening. */
function openSession(openedAt: Instant = noon, timeZone = 'Asia/Shanghai') {
  const calendar = createCalendar(timeZone);
  const daysAround = createDayWindows(calendar);
  let account = openAccount(openedAt, calendar.dayOf(openedAt));
  return {
    calendar,
    openedAt,
    account: () => account,
    report(claimMs: number, afterMs: number): WatchAccount {
      const now = instant(openedAt + afterMs);
      account = accept(account, claimMs, now, daysAround(now), terms);
      return account;
    },
  };
}

describe('R2: the server’s clock decides', () => {
  it('a claim that keeps pace with the clock is accepted whole', () => {
    const session = openSession();
    expect(session.report(20 * SECOND, 20 * SECOND).watchedMs).toBe(20 * SECOND);
    expect(session.report(40 * SECOND, 40 * SECOND).watchedMs).toBe(40 * SECOND);
  });

  it('a report without growth earns nothing and moves the time of the last report', () => {
    const session = openSession();
    session.report(20 * SECOND, 20 * SECOND);
    const paused = session.report(20 * SECOND, 60 * SECOND);
    expect(paused).toMatchObject({
      watchedMs: 20 * SECOND,
      lastReportAt: noon + 60 * SECOND,
      grewAt: noon + 20 * SECOND,
    });
    expect(session.report(60 * SECOND, 80 * SECOND).watchedMs).toBe(40 * SECOND);
  });

  it('no more is accepted than the time since the last report', () => {
    expect(openSession().report(21 * SECOND, 20 * SECOND).watchedMs).toBe(20 * SECOND);
  });

  it('what is left of a claim within the slack is paid by later time', () => {
    const session = openSession();
    expect(session.report(22 * SECOND, 20 * SECOND)).toMatchObject({ watchedMs: 20_000, forfeitedMs: 0 });
    expect(session.report(22 * SECOND, 30 * SECOND)).toMatchObject({ watchedMs: 22_000, forfeitedMs: 0 });
  });

  it('what exceeds the slack is forfeited for good, to the millisecond', () => {
    const session = openSession();
    expect(session.report(22_001, 20 * SECOND)).toMatchObject({ watchedMs: 20_000, forfeitedMs: 1 });
    expect(session.report(22_001, 30 * SECOND)).toMatchObject({ watchedMs: 22_000, forfeitedMs: 1 });
    expect(session.report(22_001, 40 * SECOND)).toMatchObject({ watchedMs: 22_000, forfeitedMs: 1 });
  });

  it('one report catches up at most maxCatchUp; the rest of the silence is forfeited', () => {
    const session = openSession();
    expect(session.report(HOUR, HOUR)).toMatchObject({
      watchedMs: maxCatchUp,
      forfeitedMs: HOUR - maxCatchUp - slack,
    });
    expect(session.report(HOUR, HOUR + MINUTE).watchedMs).toBe(maxCatchUp + slack);
  });

  it('a silence of exactly maxCatchUp is accepted whole', () => {
    expect(openSession().report(maxCatchUp, maxCatchUp)).toMatchObject({
      watchedMs: maxCatchUp,
      forfeitedMs: 0,
    });
  });

  it('a claim below the accepted time takes nothing back', () => {
    const session = openSession();
    session.report(20 * SECOND, 20 * SECOND);
    expect(session.report(0, 40 * SECOND)).toMatchObject({ watchedMs: 20 * SECOND, forfeitedMs: 0 });
  });

  it('when the clock goes back, nothing is earned until it has caught up', () => {
    const session = openSession();
    session.report(20 * SECOND, 20 * SECOND);
    const back = session.report(21 * SECOND, -HOUR);
    expect(back).toMatchObject({ watchedMs: 20 * SECOND, lastReportAt: noon + 20 * SECOND });
    expect(session.report(22 * SECOND, 19 * SECOND).watchedMs).toBe(20 * SECOND);
    expect(session.report(22 * SECOND, 22 * SECOND).watchedMs).toBe(22 * SECOND);
  });
});

describe('the worked examples', () => {
  it('E9: one heartbeat sent three times is counted once', () => {
    const session = openSession();
    for (const after of [20_000, 20_050, 20_100]) {
      expect(session.report(20 * SECOND, after).watchedMs).toBe(20 * SECOND);
    }
  });

  it('E10: a one-hour video played at 2× claims, and earns, 30 minutes; claiming media time earns no more', () => {
    const honest = openSession();
    const greedy = openSession();
    for (let after = 20 * SECOND; after <= 30 * MINUTE; after += 20 * SECOND) {
      honest.report(after, after);
      greedy.report(2 * after, after);
    }
    expect(honest.account().watchedMs).toBe(30 * MINUTE);
    expect(greedy.account().watchedMs).toBe(30 * MINUTE);
  });

  it('E11: an hour claimed after 20 s, then repeated while paused, earns 20 s and never more than 22 s', () => {
    const session = openSession();
    expect(session.report(HOUR, 20 * SECOND).watchedMs).toBe(20 * SECOND);
    for (let after = 40 * SECOND; after <= HOUR; after += 20 * SECOND) {
      expect(session.report(HOUR, after).watchedMs).toBeLessThanOrEqual(22 * SECOND);
    }
    expect(session.account().watchedMs).toBe(22 * SECOND);
  });

  it('E14: three minutes without network are accepted at the next heartbeat', () => {
    const session = openSession();
    session.report(20 * SECOND, 20 * SECOND);
    expect(session.report(200 * SECOND, 200 * SECOND)).toMatchObject({ watchedMs: 200_000, forfeitedMs: 0 });
  });

  it('E22: jitter of 0–400 ms on each heartbeat for an hour of playing loses at most 1 s', () => {
    const heartbeats = 180;
    const jitters = fc.array(fc.oneof(fc.constantFrom(0, 400), fc.integer({ min: 0, max: 400 })), {
      minLength: heartbeats,
      maxLength: heartbeats,
      size: 'max',
    });
    fc.assert(
      fc.property(jitters, (delays) => {
        const session = openSession();
        for (const [index, delay] of delays.entries()) {
          const claim = (index + 1) * 20 * SECOND;
          session.report(claim, claim + delay);
        }
        expect(session.account().forfeitedMs).toBe(0);
        expect(HOUR - session.account().watchedMs).toBeLessThanOrEqual(SECOND);
      }),
    );
  });
});

describe('R9: accepted time belongs to the days it lies in', () => {
  const newYear = instant(Date.parse('2026-01-01T00:00:00+08:00'));
  const lastDay = parseDay('2025-12-31');

  it('E7: watching from 23:50 to 00:10 over New Year is 10 minutes on either side', () => {
    const session = openSession(instant(newYear - 10 * MINUTE));
    for (let after = 20 * SECOND; after <= 20 * MINUTE; after += 20 * SECOND) session.report(after, after);
    expect(session.account()).toMatchObject({
      watchedMs: 20 * MINUTE,
      day: lastDay + 1,
      dayMs: 10 * MINUTE,
      previousDayMs: 10 * MINUTE,
    });
  });

  it('a stretch over midnight is split there', () => {
    const session = openSession(instant(newYear - 15 * SECOND));
    expect(session.report(20 * SECOND, 20 * SECOND)).toMatchObject({
      day: lastDay + 1,
      dayMs: 5 * SECOND,
      previousDayMs: 15 * SECOND,
    });
  });

  it('accepted time is the end of the time since the last report', () => {
    const session = openSession(instant(newYear - 15 * SECOND));
    expect(session.report(8 * SECOND, 20 * SECOND)).toMatchObject({ dayMs: 5_000, previousDayMs: 3_000 });
    const late = openSession(instant(newYear - 15 * SECOND));
    expect(late.report(3 * SECOND, 20 * SECOND)).toMatchObject({ dayMs: 3_000, previousDayMs: 0 });
  });

  it('a stretch that ends at midnight belongs to the day before', () => {
    const session = openSession(instant(newYear - 20 * SECOND));
    expect(session.report(20 * SECOND, 20 * SECOND)).toMatchObject({
      day: lastDay + 1,
      dayMs: 0,
      previousDayMs: 20 * SECOND,
    });
  });

  it('after a silence of days, the day before the last has only what this report books on it', () => {
    const session = openSession(instant(newYear - 20 * MINUTE));
    session.report(MINUTE, MINUTE);
    const afterDays = session.report(2 * MINUTE, 20 * MINUTE + 2 * DAY + 20 * SECOND);
    expect(afterDays).toMatchObject({ day: lastDay + 3, dayMs: 20_000, previousDayMs: 40_000 });
  });

  it('a moment outside the days at hand is refused, and changes nothing', () => {
    const days = createDayWindows(createCalendar('Asia/Shanghai'))(noon);
    const [first, , , end] = days.starts;
    const account = openAccount(first, days.firstDay);
    expect(() => accept(account, 0, end, days, terms)).toThrow(OutsideDayWindow);
    expect(() => dayOf(instant(first - 1), days)).toThrow(OutsideDayWindow);
    expect(dayOf(first, days)).toBe(days.firstDay);
    expect(dayOf(instant(end - 1), days)).toBe(days.firstDay + 2);
  });

  it('a stretch that begins before the first day at hand is refused', () => {
    const days = createDayWindows(createCalendar('Asia/Shanghai'))(noon);
    const first = days.starts[0];
    const account = openAccount(instant(first - MINUTE), (days.firstDay - 1) as DayNumber);
    expect(() => accept(account, MINUTE, instant(first + 30_000), days, terms)).toThrow(OutsideDayWindow);
    expect(accept(account, 30_000, instant(first + 30_000), days, terms).dayMs).toBe(30_000);
  });
});

describe('whatever is claimed, whenever', () => {
  type Step = { readonly pass: number; readonly claim: number; readonly replay: number | null };

  const pass = fc.oneof(
    fc.constantFrom(0, 1, 20 * SECOND, 90 * SECOND, maxCatchUp, maxCatchUp + 1, HOUR, 13 * HOUR, 3 * DAY),
    fc.integer({ min: 0, max: 10 * MINUTE }),
    fc.integer({ min: -2 * HOUR, max: -1 }),
  );
  const claim = fc.oneof(
    fc.constantFrom(0, 1, 20 * SECOND, HOUR, Number.MAX_SAFE_INTEGER),
    fc.integer({ min: 0, max: 30 * MINUTE }),
  );
  /** A claim grows by so much over the highest so far, or repeats one of the earlier ones. */
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.record({ pass, claim, replay: fc.option(fc.nat(), { freq: 3 }) }),
    { minLength: 1, maxLength: 60 },
  );
  const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Pacific/Auckland');
  const openings = fc.oneof(
    fc.constantFrom(
      instant(Date.parse('2025-12-31T15:59:00Z')),
      instant(Date.parse('2026-03-08T04:58:00Z')),
      instant(Date.parse('2026-11-01T03:59:30Z')),
    ),
    fc.integer({ min: 1_760_000_000_000, max: 1_800_000_000_000 }).map(instant),
  );

  /** Plays the steps and calls `seen` after each report, with the account before and after it. */
  function play(
    { openedAt, zone, all }: { openedAt: Instant; zone: string; all: readonly Step[] },
    seen: (before: WatchAccount, after: WatchAccount, claimMs: number) => void = () => {},
  ) {
    const session = openSession(openedAt, zone);
    const claims: number[] = [];
    let elapsed = 0;
    let latest = 0;
    let highest = 0;
    for (const step of all) {
      elapsed += step.pass;
      latest = Math.max(latest, elapsed);
      const grown = Math.min(Number.MAX_SAFE_INTEGER, highest + step.claim);
      const claimMs = step.replay === null ? grown : (claims[step.replay % claims.length] ?? grown);
      claims.push(claimMs);
      highest = Math.max(highest, claimMs);
      const before = session.account();
      seen(before, session.report(claimMs, elapsed), claimMs);
    }
    return { session, claims, elapsed, latest, highest };
  }
  const scenario = fc.record({ openedAt: openings, zone: zones, all: steps });

  it('watched time is at most the wall clock that the server saw pass, and at most the claim', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { session, latest, highest } = play(given);
        const { watchedMs, forfeitedMs } = session.account();
        expect(watchedMs).toBeLessThanOrEqual(latest);
        expect(watchedMs + forfeitedMs).toBeLessThanOrEqual(highest);
      }),
    );
  });

  it('totals only grow, and each accepted stretch begins after the report before it', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        play(given, (before, after) => {
          const granted = after.watchedMs - before.watchedMs;
          expect(granted).toBeGreaterThanOrEqual(0);
          expect(granted).toBeLessThanOrEqual(maxCatchUp);
          expect(after.forfeitedMs).toBeGreaterThanOrEqual(before.forfeitedMs);
          expect(after.lastReportAt - granted).toBeGreaterThanOrEqual(before.lastReportAt);
          expect(after.grewAt).toBe(granted > 0 ? after.lastReportAt : before.grewAt);
        });
      }),
    );
  });

  it('the days add up to the watched time, each with the stretches that lie in it', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const calendar = createCalendar(given.zone);
        const booked = new Map<number, number>();
        const lying = new Map<number, number>();
        const { session } = play(given, (before, after) => {
          booked.set(after.day, after.dayMs);
          booked.set(after.day - 1, after.previousDayMs);
          const start = instant(after.lastReportAt - (after.watchedMs - before.watchedMs));
          for (const { day, ms } of splitAtMidnight(start, after.lastReportAt, calendar)) {
            lying.set(day, (lying.get(day) ?? 0) + ms);
          }
        });
        const filled = [...booked].filter(([, ms]) => ms !== 0).sort(([a], [b]) => a - b);
        expect(filled).toEqual([...lying].sort(([a], [b]) => a - b));
        const sum = filled.reduce((total, [, ms]) => total + ms, 0);
        expect(sum).toBe(session.account().watchedMs);
      }),
      { numRuns: 300 },
    );
  });

  it('what a report leaves unpaid of its claim is at most the slack', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        play(given, (_, after, claimMs) => {
          expect(claimMs - after.watchedMs - after.forfeitedMs).toBeLessThanOrEqual(slack);
        });
      }),
    );
  });

  it('repeated and reordered claims earn nothing beyond the slack, however long they go on', () => {
    const replays = fc.array(fc.record({ index: fc.nat(), after: fc.integer({ min: 1, max: HOUR }) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(scenario, replays, (given, again) => {
        const { session, claims, latest } = play(given);
        const earned = session.account().watchedMs;
        let elapsed = latest;
        for (const { index, after } of again) {
          elapsed += after;
          session.report(claims[index % claims.length] ?? 0, elapsed);
        }
        expect(session.account().watchedMs - earned).toBeLessThanOrEqual(slack);
      }),
    );
  });

  it('repeats that arrive with their original earn nothing at all', () => {
    fc.assert(
      fc.property(scenario, fc.nat(), (given, pick) => {
        const { session, claims, elapsed } = play(given);
        const earned = session.account().watchedMs;
        for (let times = 0; times < 3; times += 1) session.report(claims[pick % claims.length] ?? 0, elapsed);
        expect(session.account().watchedMs).toBe(earned);
      }),
    );
  });

  it('an honest claim that keeps within the slack of the clock loses nothing for good', () => {
    const pace = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: maxCatchUp }),
        playedShare: fc.integer({ min: 0, max: 100 }),
      }),
      { maxLength: 50 },
    );
    fc.assert(
      fc.property(openings, pace, (openedAt, beats) => {
        const session = openSession(openedAt);
        let after = 0;
        let played = 0;
        for (const { wait, playedShare } of beats) {
          after += wait;
          played += Math.floor((wait * playedShare) / 100);
          session.report(played, after);
        }
        expect(session.account()).toMatchObject({ watchedMs: milliseconds(played), forfeitedMs: 0 });
      }),
    );
  });
});
