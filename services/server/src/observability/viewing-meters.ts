import type { ReportReply } from '@watchledger/lock';
import { Counter, Gauge, type Registry } from 'prom-client';
import { ActiveSessions } from './active-sessions.ts';

/** What viewing comes to, in figures that name nobody. */
export class ViewingMeters {
  readonly #acceptedSeconds: Counter;
  readonly #forfeitedSeconds: Counter;
  readonly #ended: Counter;
  readonly conflicts: Counter;
  readonly divergences: Counter;
  readonly opened: Counter;
  readonly superseded: Counter;
  readonly #active = new ActiveSessions();
  readonly #lockMs: number;

  /** @param lockMs how long a silent session counts as active */
  constructor(registry: Registry, lockMs: number) {
    this.#lockMs = lockMs;
    const active = this.#active;
    const counter = (name: string, help: string) =>
      new Counter({ name: `watchledger_${name}_total`, help, registers: [registry] });
    this.#acceptedSeconds = counter(
      'accepted_seconds',
      'Watched time that the lock accepted (R2). What a failed commit left out, the next report stores.',
    );
    this.#forfeitedSeconds = counter(
      'forfeited_seconds',
      'Claimed time refused for good: more than the time that had passed, and jitter (R2).',
    );
    this.conflicts = counter('conflicts', 'Openings refused because another session was active (R3).');
    this.divergences = counter(
      'divergences',
      'Reports whose totals did not continue what is stored: the lock store had forgotten something.',
    );
    this.opened = counter('sessions_opened', 'Sessions opened.');
    this.#ended = counter('sessions_ended', 'Sessions ended by their page or their learner.');
    this.superseded = counter(
      'sessions_superseded',
      'Sessions that another session of their learner took the place of, long silent ones too.',
    );
    new Gauge({
      name: 'watchledger_active_sessions',
      help: 'Sessions that report: the time that the reports of the last minute cover, divided by it. Sum it over processes.',
      registers: [registry],
      aggregator: 'sum',
      collect() {
        this.set(active.count());
      },
    });
  }

  /** A report that the lock answered; `ended` counts once, however often it is told. */
  reported(reply: ReportReply): void {
    if (reply.kind === 'elsewhere' || reply.added === null) return;
    const { added, row, baseAt } = reply;
    this.accepted(added.watchedMs, added.forfeitedMs);
    this.#active.covered(Math.min(row.lastReportAt - baseAt, this.#lockMs));
    if (reply.kind === 'ended') this.#ended.inc();
  }

  accepted(watchedMs: number, forfeitedMs: number): void {
    if (watchedMs > 0) this.#acceptedSeconds.inc(watchedMs / 1_000);
    if (forfeitedMs > 0) this.#forfeitedSeconds.inc(forfeitedMs / 1_000);
  }
}
