import { Problem, type Session } from '@watchledger/contract';
import type { LockRow } from '@watchledger/lock';
import type { Instant, LearnerId, SessionId } from '@watchledger/rules';
import { endSession } from '../end-session.ts';
import { heartbeat } from '../heartbeat.ts';
import { openSession } from '../open-session.ts';
import type { CommitFaults } from './commit-faults.ts';
import type { Event } from './events.ts';
import type { ViewingBench } from './viewing-bench.ts';

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

/** Throws what was broken. */
export function promise(kept: boolean, what: string): void {
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
