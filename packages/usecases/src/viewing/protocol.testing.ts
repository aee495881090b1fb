import { Problem, type Session } from '@watchledger/contract';
import { LedgerUnavailable, type ViewingLedger } from '@watchledger/ledger';
import type { LockRow, ViewingLock } from '@watchledger/lock';
import { type Instant, type LearnerId, milliseconds, type SessionId } from '@watchledger/rules';
import fc from 'fast-check';
import { endSession } from './end-session.ts';
import { heartbeat } from './heartbeat.ts';
import { openSession } from './open-session.ts';
import { createViewingBench, type ViewingBench } from './viewing.testing.ts';

/** What may happen, in any order: pages act, time passes, stores fail and forget. */
export type Event =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'open'; readonly page: number; readonly takeOver: boolean }
  | { readonly do: 'report'; readonly page: number; readonly extraMs: number; readonly playing: boolean }
  | { readonly do: 'replay'; readonly page: number }
  | { readonly do: 'end'; readonly page: number; readonly claims: boolean }
  | { readonly do: 'late-end'; readonly page: number; readonly extraMs: number }
  /** Two reports, or a report and an end, that wait for the same commit; the lock may be wiped between them. */
  | {
      readonly do: 'at-once';
      readonly page: number;
      readonly extraMs: readonly [number, number];
      readonly wipe: boolean;
      readonly ends: 'neither' | 'first' | 'second';
    }
  | { readonly do: 'wipe-lock' }
  | { readonly do: 'promote-stale-lock'; readonly back: number }
  | { readonly do: 'commit-fails' }
  | { readonly do: 'commit-outcome-unknown' }
  | { readonly do: 'commit-stalls' }
  | { readonly do: 'stalled-commits-go-on' };

const page = fc.integer({ min: 0, max: 2 });
const extraMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 30_000 }) },
  { weight: 1, arbitrary: fc.constant(10_000_000) },
);

export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.oneof(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 900_000 })),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), page, takeOver: fc.boolean() }) },
    {
      weight: 9,
      arbitrary: fc.record({ do: fc.constant('report' as const), page, extraMs, playing: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const), page }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const), page, claims: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('late-end' as const), page, extraMs }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('at-once' as const),
        page,
        extraMs: fc.tuple(extraMs, extraMs),
        wipe: fc.boolean(),
        ends: fc.constantFrom('neither' as const, 'first' as const, 'second' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'wipe-lock' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('promote-stale-lock' as const),
        back: fc.integer({ min: 1, max: 12 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'commit-fails' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'commit-outcome-unknown' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'commit-stalls' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'stalled-commits-go-on' as const }) },
  ),
  { minLength: 5, maxLength: 60 },
);

interface Page {
  sessionId: SessionId | null;
  openedAt: number;
  lastClaim: number;
}

/** Plays events for one learner on a bench and checks the promises after each; throws the broken one. */
export class ProtocolPlay {
  readonly #bench: ViewingBench;
  readonly #faults: CommitFaults;
  readonly #learnerId: LearnerId;
  readonly #pages: Page[] = [0, 1, 2].map(() => ({ sessionId: null, openedAt: 0, lastClaim: 0 }));
  readonly #acknowledged = new Map<SessionId, number>();
  readonly #sessions = new Set<SessionId>();
  readonly #begunAt: Instant;
  /** The lock's row after each event, as a replica that fell behind would still have it. */
  readonly #earlierRows: (LockRow | null)[] = [];
  #underWay: Promise<unknown>[] = [];

  constructor(bench: ViewingBench, faults: CommitFaults, learnerId: string) {
    this.#bench = bench;
    this.#faults = faults;
    this.#learnerId = learnerId as LearnerId;
    this.#begunAt = bench.clock.now;
  }

  async play(script: readonly Event[]): Promise<void> {
    for (const event of script) {
      this.#earlierRows.push(this.#bench.rows.get(this.#learnerId) ?? null);
      const stalledBefore = this.#faults.stalled;
      const acting = this.#perform(event);
      this.#underWay.push(acting);
      // A stalled command goes on while the next events happen; all others are awaited one by one.
      await Promise.race([acting, this.#faults.stallsBeyond(stalledBefore)]);
      this.#check();
    }
    this.#faults.heal();
    await Promise.all(this.#underWay);
    this.#check();
  }

  /** What is stored for the learner in all. */
  storedMs(): number {
    const { client } = this.#bench.database;
    const sum = client.prepare<[string], number>('select sum(watched_ms) from sessions where learner_id = ?');
    return sum.pluck().get(this.#learnerId) ?? 0;
  }

  async #perform(event: Event): Promise<void> {
    const { clock, rows } = this.#bench;
    switch (event.do) {
      case 'wait':
        return clock.advance(event.ms);
      case 'open':
        return this.#open(event.page, event.takeOver);
      case 'report': {
        const page = this.#pageOf(event.page);
        const claim = Math.max(0, clock.now - page.openedAt + event.extraMs);
        page.lastClaim = claim;
        return this.#report(page, claim, event.playing);
      }
      case 'replay': {
        const page = this.#pageOf(event.page);
        return this.#report(page, page.lastClaim, true);
      }
      case 'end':
      case 'late-end': {
        const page = this.#pageOf(event.page);
        const extra = event.do === 'late-end' ? event.extraMs : 0;
        const claims = event.do === 'late-end' || event.claims;
        return this.#end(page, claims ? Math.max(0, clock.now - page.openedAt + extra) : undefined);
      }
      case 'at-once': {
        const page = this.#pageOf(event.page);
        const act = (index: 0 | 1, ends: boolean) => {
          const claim = Math.max(0, clock.now - page.openedAt + event.extraMs[index]);
          return ends ? this.#end(page, claim) : this.#report(page, claim, true);
        };
        const first = act(0, event.ends === 'first');
        await passMicrotasks();
        if (event.wipe) rows.delete(this.#learnerId);
        await Promise.all([first, act(1, event.ends === 'second')]);
        return;
      }
      case 'wipe-lock':
        rows.delete(this.#learnerId);
        return;
      case 'promote-stale-lock': {
        const stale = this.#earlierRows.at(-event.back) ?? null;
        if (stale !== null) rows.set(this.#learnerId, stale);
        return;
      }
      case 'commit-fails':
        return this.#faults.next('fail');
      case 'commit-outcome-unknown':
        return this.#faults.next('unknown');
      case 'commit-stalls':
        return this.#faults.next('stall');
      case 'stalled-commits-go-on':
        return this.#faults.release();
    }
  }

  async #open(index: number, takeOver: boolean): Promise<void> {
    const page = this.#pageOf(index);
    const input = {
      learnerId: this.#learnerId,
      coursewareId: `cw-${index}`,
      clientId: `tab-${index}`,
      takeOver,
      allowedCourseware: null,
    };
    await tolerating(async () => {
      const { session } = await openSession(this.#bench.context, input);
      page.sessionId = session.sessionId as SessionId;
      page.openedAt = Date.parse(session.openedAt);
      page.lastClaim = 0;
      this.#sessions.add(page.sessionId);
    });
  }

  async #report(page: Page, watchedMs: number, playing: boolean): Promise<void> {
    const { sessionId } = page;
    if (sessionId === null) return;
    const state = playing ? 'playing' : 'paused';
    const { context } = this.#bench;
    const input = {
      learnerId: this.#learnerId,
      sessionId,
      watchedMs,
      state,
      allowedCourseware: null,
    } as const;
    await tolerating(async () => this.#acknowledge(await heartbeat(context, input)));
  }

  async #end(page: Page, watchedMs: number | undefined): Promise<void> {
    const { sessionId } = page;
    if (sessionId === null) return;
    const input = { learnerId: this.#learnerId, sessionId, watchedMs, allowedCourseware: null };
    await tolerating(async () => this.#acknowledge(await endSession(this.#bench.context, input)));
  }

  #acknowledge(session: Session): void {
    const sessionId = session.sessionId as SessionId;
    this.#acknowledged.set(sessionId, Math.max(this.#acknowledged.get(sessionId) ?? 0, session.watchedMs));
  }

  #pageOf(index: number): Page {
    const page = this.#pages[index];
    if (page === undefined) throw new RangeError(`no page ${index}`);
    return page;
  }

  #check(): void {
    const { client } = this.#bench.database;
    const rows = client
      .prepare<[string], StoredRow>(
        `select session_id as sessionId, opened_at as openedAt, last_report_at as lastReportAt,
                watched_ms as watchedMs, day_ms as dayMs, sealed_at as sealedAt,
                (select coalesce(sum(watched_ms), 0) from session_days d where d.session_id = s.session_id)
                  as earlierMs
         from sessions s where learner_id = ? order by opened_at, sealed_at nulls last`,
      )
      .all(this.#learnerId);

    let whole = 0;
    let freeFrom = this.#begunAt as number;
    for (const row of rows) {
      promise(row.watchedMs === row.dayMs + row.earlierMs, 'the days sum up to what was accepted');
      promise(row.watchedMs <= row.lastReportAt - row.openedAt, 'accepted is within the wall clock');
      promise(row.openedAt >= freeFrom, 'no session opens before the last one is sealed');
      promise(
        row.lastReportAt <= (row.sealedAt ?? this.#bench.clock.now),
        'nothing counts after the sealing',
      );
      promise((this.#acknowledged.get(row.sessionId) ?? 0) <= row.watchedMs, 'acknowledged is stored');
      freeFrom = row.sealedAt ?? Number.POSITIVE_INFINITY;
      whole += row.watchedMs;
    }
    promise(rows.filter(({ sealedAt }) => sealedAt === null).length <= 1, 'one session is unsealed at most');
    promise(whole <= this.#bench.clock.now - this.#begunAt, 'all stored is within the wall clock');
    for (const sessionId of this.#sessions) {
      promise(
        rows.some((row) => row.sessionId === sessionId),
        'a session that was answered is stored',
      );
    }
  }
}

interface StoredRow {
  readonly sessionId: SessionId;
  readonly openedAt: number;
  readonly lastReportAt: number;
  readonly watchedMs: number;
  readonly dayMs: number;
  readonly earlierMs: number;
  readonly sealedAt: number | null;
}

function promise(kept: boolean, what: string): void {
  if (!kept) throw new Error(`broken: ${what}`);
}

/** Long enough for the lock to have answered, too short for a commit. */
async function passMicrotasks(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await null;
}

/** Refusals are part of the play; anything else is a bug. */
async function tolerating(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

type Fault = 'fail' | 'unknown' | 'stall';

/** Lets the next commits fail, answer without saying what became of them, or wait. */
export class CommitFaults {
  #next: Fault[] = [];
  #gates: (() => void)[] = [];
  #watchers: (() => void)[] = [];
  stalled = 0;

  next(fault: Fault): void {
    this.#next.push(fault);
  }

  release(): void {
    for (const open of this.#gates) open();
    this.#gates = [];
  }

  /** No more faults: everything goes on. */
  heal(): void {
    this.#next = [];
    this.release();
  }

  /** Resolves once more commands are stalled than before. */
  async stallsBeyond(before: number): Promise<void> {
    if (this.stalled > before) return;
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Lets a commit meet the next fault, if there is one. */
  async meet<Result>(commit: () => Promise<Result>): Promise<Result> {
    const fault = this.#next.shift();
    if (fault === 'fail') throw new LedgerUnavailable('failed');
    if (fault === 'stall') await this.#stall();
    const result = await commit();
    if (fault === 'unknown') throw new LedgerUnavailable('failed');
    return result;
  }

  async #stall(): Promise<void> {
    this.stalled += 1;
    const gate = new Promise<void>((resolve) => this.#gates.push(resolve));
    for (const notice of this.#watchers) notice();
    this.#watchers = [];
    await gate;
  }
}

/** A fault planted in the lock or the ledger, to prove that the play would notice it. */
export interface Planted {
  readonly lock?: (lock: ViewingLock) => ViewingLock;
  readonly ledger?: (ledger: ViewingLedger) => ViewingLedger;
}

/** Plays random interleavings; answers what broke, or null. */
export function playRandomly(runs: number, planted: Planted | null = null): Promise<string | null> {
  return playEach(events, runs, planted, async (play, script) => play.play(script));
}

/** One page plays on and reports, whatever the stores do; answers how an honest learner lost time, or null. */
export function playHonestly(runs: number): Promise<string | null> {
  const faults = fc.constantFrom<Event>(
    { do: 'wipe-lock' },
    { do: 'promote-stale-lock', back: 2 },
    { do: 'promote-stale-lock', back: 7 },
    { do: 'commit-fails' },
    { do: 'commit-outcome-unknown' },
  );
  const beat = fc.record({ ms: fc.integer({ min: 1, max: 20_000 }), fault: fc.option(faults, { freq: 2 }) });
  const script = fc.array(beat, { minLength: 1, maxLength: 40 });
  return playEach(script, runs, null, async (play, beats) => {
    const report: Event = { do: 'report', page: 0, extraMs: 0, playing: true };
    await play.play([{ do: 'open', page: 0, takeOver: false }]);
    for (const { ms, fault } of beats) {
      await play.play([...(fault === null ? [] : [fault]), { do: 'wait', ms }, report]);
    }
    await play.play([report]);
    const played = beats.reduce((sum, { ms }) => sum + ms, 0);
    promise(play.storedMs() >= played, `an honest learner lost ${played - play.storedMs()} ms of ${played}`);
  });
}

async function playEach<Script>(
  scripts: fc.Arbitrary<Script>,
  runs: number,
  planted: Planted | null,
  act: (play: ProtocolPlay, script: Script) => Promise<void>,
): Promise<string | null> {
  let faults = new CommitFaults();
  const bench = createViewingBench({
    policy: { parallelViewing: 'take-over' },
    startsAt: '2026-12-31T15:50:00Z',
    wrapLock: planted?.lock ?? ((lock) => lock),
    wrapLedger: (ledger) => {
      const inner = planted?.ledger?.(ledger) ?? ledger;
      return {
        ...inner,
        open: (opening) => faults.meet(() => inner.open(opening)),
        record: (progress) => faults.meet(() => inner.record(progress)),
      };
    },
  });
  try {
    for (const index of [0, 1, 2]) await bench.putCourseware(`cw-${index}`, milliseconds(7_200_000));
    let learner = 0;
    const property = fc.asyncProperty(scripts, async (script) => {
      learner += 1;
      faults = new CommitFaults();
      await act(new ProtocolPlay(bench, faults, `u-${learner}`), script);
    });
    const details = await fc.check(property, { numRuns: runs, endOnFailure: planted !== null });
    if (!details.failed) return null;
    return `${details.errorInstance} after ${JSON.stringify(details.counterexample)}`;
  } finally {
    bench.close();
  }
}
