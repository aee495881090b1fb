import {
  type CoursewareId,
  createCalendar,
  createDayWindows,
  type DayWindow,
  defaultPolicy,
  type Instant,
  instant,
  type LearnerId,
  OutsideDayWindow,
  type SessionId,
} from '@watchledger/rules';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LockUnavailable, type ViewingLock } from '../port.ts';
import {
  adopt,
  end,
  expiresAt,
  type LockRow,
  type LockTerms,
  open,
  type PresentationState,
  report,
  type Step,
} from '../protocol.ts';
import { connectRedis } from './connection.ts';
import { rowKey } from './keys.ts';
import { createRedisLock } from './lock.ts';
import { type RedisServer, startRedisServer } from './redis-server.testing.ts';
import { decodeAnswer } from './row.ts';
import { loadScripts, type ScriptName } from './scripts.ts';
import { setClock, setClockLua } from './set-clock.testing.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const terms: LockTerms = defaultPolicy;
const { lock: LOCK, release: RELEASE, maxCatchUp: CATCH_UP, slack: SLACK } = terms;
const calendar = createCalendar('America/New_York');
const STATES: PresentationState[] = ['playing', 'paused', 'buffering', 'hidden', 'idle', 'ended'];

/** What happens next; figures that depend on the row are made when it happens. */
type Event =
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'passTo'; readonly what: 'midnight' | 'expiry'; readonly off: number }
  | { readonly kind: 'skew'; readonly ms: number }
  | { readonly kind: 'wipe' }
  | { readonly kind: 'promote'; readonly pick: number }
  | {
      readonly kind: 'open';
      readonly session: SessionId;
      readonly courseware: CoursewareId;
      readonly client: string | null;
      readonly takeOver: boolean;
      readonly known: (Known & { readonly sealed: boolean; readonly untilOff: number }) | null;
    }
  | { readonly kind: 'report'; readonly who: Who; readonly claim: Claim; readonly state: PresentationState }
  | { readonly kind: 'end'; readonly who: Who; readonly claim: Claim | null }
  | { readonly kind: 'adopt'; readonly known: Known; readonly repair: boolean };

/** The session in the row, or any. */
type Who = SessionId | null;
/** So much more than the row has; or as much as the clock allows, and so much more; or just this. */
type Claim = { readonly over: 'row' | 'clock' | 'nothing'; readonly ms: number };
/** A row as the ledger might hold it: one that was seen before, perhaps a little off. */
type Known = { readonly pick: number; readonly reportedOff: number; readonly openedOff: number };

const sessions = fc.constantFrom('s-1', 's-2', 's-3', 's-4').map((id) => id as SessionId);
const nearby = fc.constantFrom(0, 0, 0, 1, -1, SECOND, -SECOND, HOUR, -HOUR);
const known: fc.Arbitrary<Known> = fc.record({ pick: fc.nat(50), reportedOff: nearby, openedOff: nearby });
const claim: fc.Arbitrary<Claim> = fc.record({
  over: fc.constantFrom('row', 'clock', 'clock', 'nothing'),
  ms: fc.oneof(
    fc.constantFrom(0, 1, -1, SLACK, SLACK + 1, SLACK - 1, CATCH_UP, CATCH_UP + SLACK + 1),
    fc.constantFrom(20 * SECOND, HOUR, Number.MAX_SAFE_INTEGER),
    fc.integer({ min: -MINUTE, max: 10 * MINUTE }),
  ),
});
const who: fc.Arbitrary<Who> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: sessions },
);
const pass = fc.oneof(
  fc.constantFrom(0, 1, 20 * SECOND, 20 * SECOND, LOCK - 1, LOCK, LOCK + 1, RELEASE, CATCH_UP, CATCH_UP + 1),
  fc.constantFrom(-1, -20 * SECOND, -HOUR, -DAY, 2 * HOUR, DAY, 2 * DAY),
  fc.integer({ min: 0, max: 5 * MINUTE }),
);
const passTo = fc.record({
  kind: fc.constant('passTo' as const),
  what: fc.constantFrom('midnight' as const, 'expiry' as const),
  off: fc.constantFrom(0, 0, 1, -1, 7 * SECOND, -7 * SECOND),
});
const skew = fc.record({
  kind: fc.constant('skew' as const),
  ms: fc.constantFrom(0, 0, 0, SECOND, -SECOND, DAY, -DAY, 2 * DAY, -2 * DAY),
});
const opening = fc.record({
  kind: fc.constant('open' as const),
  session: sessions,
  courseware: fc.constantFrom('cw-1', 'cw-2').map((id) => id as CoursewareId),
  client: fc.constantFrom(null, 'tab-1', 'tab-2'),
  takeOver: fc.constantFrom(false, false, true),
  known: fc.option(
    fc
      .tuple(known, fc.record({ sealed: fc.boolean(), untilOff: nearby }))
      .map(([some, more]) => ({ ...some, ...more })),
    { freq: 2, nil: null },
  ),
});
const heartbeat = fc.record({
  kind: fc.constant('report' as const),
  who,
  claim,
  state: fc.constantFrom(...STATES),
});
const ending = fc.record({
  kind: fc.constant('end' as const),
  who,
  claim: fc.option(claim, { freq: 3, nil: null }),
});
const adoption = fc.record({ kind: fc.constant('adopt' as const), known, repair: fc.boolean() });
const happening: fc.Arbitrary<Event[]> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(pass.map((ms) => ({ kind: 'pass' as const, ms }))) },
  { weight: 2, arbitrary: fc.tuple(passTo) },
  { weight: 1, arbitrary: fc.tuple(skew) },
  { weight: 1, arbitrary: fc.tuple(fc.constant({ kind: 'wipe' as const })) },
  { weight: 1, arbitrary: fc.tuple(fc.record({ kind: fc.constant('promote' as const), pick: fc.nat(50) })) },
  { weight: 4, arbitrary: fc.tuple(opening) },
  { weight: 3, arbitrary: fc.tuple(passTo, fc.oneof(opening, heartbeat, adoption)) },
  { weight: 8, arbitrary: fc.tuple(heartbeat) },
  { weight: 2, arbitrary: fc.tuple(ending) },
  { weight: 3, arbitrary: fc.tuple(adoption) },
);
const histories = fc.record({
  start: fc.constantFrom(
    instant(Date.parse('2026-01-01T04:58:30Z')),
    instant(Date.parse('2026-03-08T04:59:00Z')),
    instant(Date.parse('2026-11-01T17:00:00Z')),
  ),
  events: fc.array(happening, { minLength: 5, maxLength: 40, size: 'max' }).map((parts) => parts.flat()),
});

let server: RedisServer;
let redis: Redis;
let lock: ViewingLock;
let processClock = instant(0);
let learners = 0;
const taken = new Map<string, number>();

beforeAll(async () => {
  server = await startRedisServer();
  return () => server.close();
});
beforeEach(async () => {
  const connection = await connectRedis({ address: server.address });
  redis = connection.client as Redis;
  lock = createRedisLock({
    redis: connection,
    calendar,
    terms,
    clockLua: setClockLua,
    wallClock: () => processClock,
  });
  taken.clear();
  return () => lock.close();
});

/** Runs a history through the pure protocol and through the Lua; throws at the first step that differs. */
async function compare({ start, events }: { start: Instant; events: readonly Event[] }): Promise<void> {
  learners += 1;
  const learner = `u-${learners}` as LearnerId;
  const daysAround = createDayWindows(calendar);
  const seen: LockRow[] = [];
  let row: LockRow | null = null;
  let now = start;
  let skew = 0;

  async function take<Reply>(
    event: Event,
    pure: (days: DayWindow) => Step<Reply>,
    ask: () => Promise<Reply>,
  ): Promise<void> {
    processClock = instant(now + skew);
    const expected = outcomeOf(() => pure(daysAround(processClock)), row);
    const [, reply, kept] = await Promise.all([setClock(redis, now), answerOf(ask), rowIn(learner)]);
    expect({ event, reply, row: kept }, 'the Lua differs from the protocol').toEqual({
      event,
      reply: expected.reply,
      row: expected.row,
    });
    row = expected.row;
    if (row !== null) seen.push(row);
    const name = `${event.kind}: ${kindOf(expected.reply)}`;
    taken.set(name, (taken.get(name) ?? 0) + 1);
  }

  const sessionOf = (who: Who) => who ?? row?.sessionId ?? ('s-1' as SessionId);
  function claimOf({ over, ms }: Claim): number {
    if (over === 'nothing' || row === null) return Math.max(0, ms);
    const paid = row.watchedMs + row.forfeitedMs;
    const due = over === 'clock' ? Math.max(0, now - row.lastReportAt) : 0;
    return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, paid + due + ms));
  }
  function knownRow({ pick, reportedOff, openedOff }: Known): LockRow | null {
    const some = seen[seen.length - 1 - (pick % seen.length)];
    if (some === undefined) return null;
    const lastReportAt = instant(some.lastReportAt + reportedOff);
    return {
      ...some,
      openedAt: instant(some.openedAt + openedOff),
      lastReportAt,
      day: calendar.dayOf(lastReportAt),
    };
  }

  for (const event of events) {
    switch (event.kind) {
      case 'pass':
        now = instant(now + event.ms);
        break;
      case 'passTo': {
        const expiry: Instant = row === null ? now : expiresAt(row, terms);
        now = instant((event.what === 'midnight' ? calendar.dayAround(now).end : expiry) + event.off);
        break;
      }
      case 'skew':
        skew = event.ms;
        break;
      case 'wipe':
        await redis.del(rowKey(learner));
        row = null;
        break;
      case 'promote': {
        const stale = seen[event.pick % seen.length];
        if (stale === undefined) break;
        await redis.del(rowKey(learner));
        await take(
          { kind: 'adopt', known: { pick: 0, reportedOff: 0, openedOff: 0 }, repair: true },
          () => adopt(null, stale, true, now, terms),
          () => lock.adopt(learner, stale, true),
        );
        break;
      }
      case 'open': {
        const session = event.known && knownRow(event.known);
        const command = {
          sessionId: event.session,
          coursewareId: event.courseware,
          clientId: event.client,
          takeOver: event.takeOver,
          known:
            event.known && session
              ? {
                  session,
                  sealed: event.known.sealed,
                  until: instant(session.lastReportAt + event.known.untilOff),
                }
              : null,
        };
        await take(
          event,
          (days) => open(row, command, now, days, terms),
          () => lock.open(learner, command),
        );
        break;
      }
      case 'report': {
        const command = {
          sessionId: sessionOf(event.who),
          claimMs: claimOf(event.claim),
          state: event.state,
        };
        await take(
          event,
          (days) => report(row, command, now, days, terms),
          () => lock.report(learner, command),
        );
        break;
      }
      case 'end': {
        const claimMs = event.claim && claimOf(event.claim);
        const command = { sessionId: sessionOf(event.who), claimMs };
        await take(
          event,
          (days) => end(row, command, now, days, terms),
          () => lock.end(learner, command),
        );
        break;
      }
      case 'adopt': {
        const session = knownRow(event.known);
        if (session === null) break;
        await take(
          event,
          () => adopt(row, session, event.repair, now, terms),
          () => lock.adopt(learner, session, event.repair),
        );
        break;
      }
    }
  }
}

const OUTSIDE = 'outside the days';

function outcomeOf<Reply>(step: () => Step<Reply>, before: LockRow | null) {
  try {
    return step();
  } catch (error) {
    if (error instanceof OutsideDayWindow) return { row: before, reply: OUTSIDE };
    throw error;
  }
}

async function answerOf<Reply>(ask: () => Promise<Reply>): Promise<Reply | typeof OUTSIDE> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LockUnavailable && /clocks .* disagree/.test(error.message)) return OUTSIDE;
    throw error;
  }
}

async function rowIn(learner: LearnerId): Promise<LockRow | null> {
  const text = await redis.get(rowKey(learner));
  return text === null ? null : decodeAnswer(`kept 0 ${text}`).row;
}

function kindOf(reply: unknown): string {
  if (typeof reply === 'string') return reply;
  return String((reply as { readonly kind: string }).kind);
}

describe('the Lua is the protocol', () => {
  it('replies and rows are the same at every step of any history', async () => {
    await fc.assert(fc.asyncProperty(histories, compare), { numRuns: 1_000 });
    const outcomes = [
      ...['opened', 'held', OUTSIDE].map((reply) => `open: ${reply}`),
      ...['reported', 'ended', 'elsewhere', OUTSIDE].map((reply) => `report: ${reply}`),
      ...['ended', 'elsewhere', OUTSIDE].map((reply) => `end: ${reply}`),
      ...['adopted', 'held'].map((reply) => `adopt: ${reply}`),
    ];
    for (const outcome of outcomes) expect(taken.get(outcome) ?? 0, outcome).toBeGreaterThan(5);
  });
});

describe('a fault planted in the Lua is noticed', () => {
  const faults: [fault: string, script: ScriptName, right: string, wrong: string][] = [
    ['no longest catch-up', 'report', ', TERMS.max_catch_up)', ')'],
    ['no slack', 'report', 'growth - granted - TERMS.slack', 'growth - granted'],
    ['nothing forfeited', 'report', 'row.f = row.f + forfeited', ''],
    ['a clock that may go back', 'report', 'local at = math.max(now, row.l)', 'local at = now'],
    ['no midnight', 'report', 'math.min(granted, start - (at - granted))', '0'],
    ['yesterday forgotten', 'report', 'row.d == today - 1 and row.t or 0', '0'],
    ['paused pages never released', 'report', 'if granted > 0 then row.g = at end', 'row.g = at'],
    ['an ended session revived', 'report', "if row.e then return answer('ended', row.l, row) end", ''],
    ['an end that leaves no mark', 'end', 'row.e = math.max(now, row.l)', ''],
    ['a last claim ignored', 'end', "ARGV[2] ~= '' and", "ARGV[2] == 'never' and"],
    ['an ended session that holds', 'open', 'return not row.e and now <', 'return now <'],
    ['one millisecond too long', 'open', 'now < expires_at', 'now <= expires_at'],
    ['no release', 'open', 'math.min(row.l + TERMS.lock, row.g + TERMS.release)', 'row.l + TERMS.lock'],
    ['everybody without a client id is one', 'open', "holder.k ~= '' and", ''],
    ['taking over always', 'open', "ARGV[4] ~= '1'", 'false'],
    ['the seal ignored', 'open', 'if sealed then return nil end', ''],
    ['the ledger ignored', 'open', "if ARGV[6] ~= '' then", 'if false then'],
    ['the last report ignored', 'open', 'math.max(at, row.l, row.e or 0)', 'at'],
    ['until ignored', 'open', 'if known then at = math.max(at, known_until) end', ''],
    ['the same session opened anew', 'open', 'if row and row.s == ARGV[1]', 'if false'],
    ['repair ignored', 'adopt', "ARGV[1] ~= '1' and", ''],
    ['a newer session pushed out', 'adopt', 'row.o >= known.o and', 'false and'],
  ];

  it.each(faults)('%s', async (_, script, right, wrong) => {
    const lua = loadScripts(terms, setClockLua)[script];
    expect(lua).toContain(right);
    redis.defineCommand(`watchledger:${script}`, { lua: lua.replace(right, () => wrong), numberOfKeys: 1 });
    const result = await fc.check(fc.asyncProperty(histories, compare), {
      seed: 1,
      numRuns: 2_000,
      endOnFailure: true,
    });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toContain('the Lua differs from the protocol');
  });
});
