import { Problem, type Session } from '@watchledger/contract';
import type { Instant, LearnerId, SessionId } from '@watchledger/rules';
import { endSession } from '../end-session.ts';
import { heartbeat } from '../heartbeat.ts';
import { openSession } from '../open-session.ts';
import type { CommitFaults } from './commit-faults.ts';
import type { Event } from './events.ts';
import type { SharedCommit } from './shared-commit.ts';
import type { ViewingBench } from './viewing-bench.ts';

interface Page {
  sessionId: SessionId | null;
  openedAt: number;
  lastClaim: number;
}

/** What a play may do to commands on their way to the ledger. */
interface Commits {
  readonly faults: CommitFaults;
  readonly shared: SharedCommit;
}

/** Plays events for one learner on a bench and checks the promises after each; throws the broken one. */
export class ProtocolPlay {
  readonly #bench: ViewingBench;
  readonly #faults: CommitFaults;
  readonly #shared: SharedCommit;
  readonly #learnerId: LearnerId;
  readonly #pages: Page[] = [0, 1, 2].map(() => ({ sessionId: null, openedAt: 0, lastClaim: 0 }));
  readonly #acknowledged = new Map<SessionId, number>();
  readonly #sessions = new Set<SessionId>();
  readonly #begunAt: Instant;
  /** The lock's row after each event, as a replica that fell behind would still have it. */
  readonly #earlierRows: (string | null)[] = [];
  #underWay: Promise<unknown>[] = [];

  constructor(bench: ViewingBench, { faults, shared }: Commits, learnerId: string) {
    this.#bench = bench;
    this.#faults = faults;
    this.#shared = shared;
    this.#learnerId = learnerId as LearnerId;
    this.#begunAt = bench.clock.now;
  }

  async play(script: readonly Event[]): Promise<void> {
    for (const event of script) {
      this.#earlierRows.push(await this.#bench.rows.read(this.#learnerId));
      const stalledBefore = this.#faults.stalled;
      const acting = this.#perform(event);
      this.#underWay.push(acting);
      // A stalled command goes on while the next events happen; all others are awaited one by one.
      await Promise.race([acting, this.#faults.stallsBeyond(stalledBefore)]);
      await this.#check();
    }
    this.#faults.heal();
    await Promise.all(this.#underWay);
    await this.#check();
  }

  /** What is stored for the learner in all. */
  async storedMs(): Promise<number> {
    const sessions = await this.#bench.ledger.storedSessions(this.#learnerId);
    return sessions.reduce((sum, { watchedMs }) => sum + watchedMs, 0);
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
          const acting = ends ? this.#end(page, claim) : this.#report(page, claim, true);
          return acting.finally(() => this.#shared.goOn());
        };
        this.#shared.gather();
        const first = act(0, event.ends === 'first');
        await Promise.race([first, this.#shared.firstIsHere()]);
        if (event.wipe) await rows.forget(this.#learnerId);
        await Promise.all([first, act(1, event.ends === 'second')]);
        return;
      }
      case 'wipe-lock':
        return rows.forget(this.#learnerId);
      case 'promote-stale-lock': {
        const stale = this.#earlierRows.at(-event.back) ?? null;
        if (stale !== null) await rows.write(this.#learnerId, stale);
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

  async #check(): Promise<void> {
    // What is answered while the ledger is being read may be missing in what is read.
    const acknowledged = new Map(this.#acknowledged);
    const answered = [...this.#sessions];
    const rows = await this.#bench.ledger.storedSessions(this.#learnerId);

    let whole = 0;
    let freeFrom = this.#begunAt as number;
    for (const row of rows) {
      promise(row.watchedMs === row.daysMs, 'the days sum up to what was accepted');
      promise(row.watchedMs <= row.lastReportAt - row.openedAt, 'accepted is within the wall clock');
      promise(row.openedAt >= freeFrom, 'no session opens before the last one is sealed');
      promise(
        row.lastReportAt <= (row.sealedAt ?? this.#bench.clock.now),
        'nothing counts after the sealing',
      );
      promise((acknowledged.get(row.sessionId as SessionId) ?? 0) <= row.watchedMs, 'acknowledged is stored');
      freeFrom = row.sealedAt ?? Number.POSITIVE_INFINITY;
      whole += row.watchedMs;
    }
    promise(rows.filter(({ sealedAt }) => sealedAt === null).length <= 1, 'one session is unsealed at most');
    promise(whole <= this.#bench.clock.now - this.#begunAt, 'all stored is within the wall clock');
    for (const sessionId of answered) {
      promise(
        rows.some((row) => row.sessionId === sessionId),
        'a session that was answered is stored',
      );
    }
  }
}

/** Throws what was broken. */
export function promise(kept: boolean, what: string): void {
  if (!kept) throw new Error(`broken: ${what}`);
}

/** Refusals are part of the play; anything else is a bug. */
async function tolerating(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
