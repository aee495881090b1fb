import { LedgerUnavailable, type StoredSession } from '@watchledger/ledger';
import { createLocalLock, type LockTerms, LockUnavailable } from '@watchledger/lock';
import {
  type CoursewareId,
  createCalendar,
  type Instant,
  type LearnerId,
  milliseconds,
  type SessionId,
} from '@watchledger/rules';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { Ledger } from '../ledger.ts';
import { Histogram } from './histogram.ts';
import { observedLedger } from './observed-ledger.ts';
import { observedLock } from './observed-lock.ts';
import { timing } from './timing.ts';
import { ViewingMeters } from './viewing-meters.ts';
import { type Around, nested } from './watched-port.ts';

const terms: LockTerms = {
  lock: milliseconds(90_000),
  release: milliseconds(1_800_000),
  maxCatchUp: milliseconds(300_000),
  slack: milliseconds(2_000),
};
const learner = 'u1' as LearnerId;

function bench() {
  let now = Date.parse('2026-03-01T04:00:00Z');
  const registry = new Registry();
  const meters = new ViewingMeters(registry, terms.lock);
  const labels = ['command', 'outcome'] as const;
  const seconds = new Histogram(registry, { name: 'seconds', help: '.', labels, buckets: [1] });
  const watch = timing(seconds, () => now);
  const calendar = createCalendar('Asia/Shanghai');
  const lock = observedLock(createLocalLock({ calendar, terms, clock: () => now as Instant }), meters, watch);
  const shown = async () => (await registry.metrics()).split('\n').filter((line) => !line.startsWith('#'));
  const open = (sessionId: string) =>
    lock.open(learner, {
      sessionId: sessionId as SessionId,
      coursewareId: 'A' as CoursewareId,
      clientId: sessionId,
      takeOver: false,
      known: null,
    });
  const beat = (claimMs: number) =>
    lock.report(learner, { sessionId: 's1' as SessionId, claimMs, state: 'playing' });
  const end = () => lock.end(learner, { sessionId: 's1' as SessionId, claimMs: null });
  return { meters, watch, open, beat, end, shown, pass: (ms: number) => (now += ms) };
}

test('what the lock answers is counted once, however often it is asked', async () => {
  const { open, beat, end, shown, pass } = bench();
  await open('s1');
  pass(20_000);
  await beat(100_000);
  await beat(100_000);
  await open('s2');
  await end();
  await end();
  expect(await shown()).toEqual(
    expect.arrayContaining([
      'watchledger_accepted_seconds_total 20',
      'watchledger_forfeited_seconds_total 78',
      'watchledger_conflicts_total 1',
      'watchledger_sessions_ended_total 1',
      'seconds_count{command="report",outcome="reported"} 2',
      'seconds_count{command="open",outcome="held"} 1',
      'seconds_count{command="end",outcome="ended"} 2',
    ]),
  );
});

test('what a sealed session still gets is counted, as the ledger has settled it', async () => {
  const { meters, watch, shown } = bench();
  const sealed = {
    watchedMs: 5_000,
    forfeitedMs: 0,
    seal: { at: 0, as: 'ended' },
  } as unknown as StoredSession;
  const viewing = {
    settleLate: async (_: SessionId, settle: (session: StoredSession) => unknown) => {
      // A batch that failed runs again.
      settle(sealed);
      settle(sealed);
      return { ...sealed, watchedMs: milliseconds(8_000), forfeitedMs: milliseconds(500) };
    },
  };
  const ledger = { viewing, courseware: {}, credits: {}, coverage: {}, policies: {} } as unknown as Ledger;
  await observedLedger(ledger, meters, watch).viewing.settleLate('s1' as SessionId, () => null);
  expect(await shown()).toEqual(
    expect.arrayContaining([
      'watchledger_accepted_seconds_total 3',
      'watchledger_forfeited_seconds_total 0.5',
      'seconds_count{command="viewing.settleLate",outcome="answered"} 1',
    ]),
  );
});

test('failures are timed by their kind, and reach the caller as they are', async () => {
  const { watch, shown, pass } = bench();
  const errors = [new LockUnavailable('away'), new LedgerUnavailable('busy'), new RangeError('planted')];
  for (const error of errors) {
    const failing = async () => {
      pass(1_500);
      throw error;
    };
    await expect(watch('report')(failing, () => 'never')).rejects.toBe(error);
  }
  const lines = await shown();
  expect(lines).toContain('seconds_bucket{le="1",command="report",outcome="failed"} 0');
  expect(lines).toContain('seconds_sum{command="report",outcome="failed"} 1.5');
  expect(
    lines.filter((line) => line.startsWith('seconds_count') && line.includes('unavailable')),
  ).toHaveLength(2);
});

test('one watch inside the other: the reply is read once, and both learn the outcome', async () => {
  const told: string[] = [];
  const telling =
    (name: string): Around =>
    async (run, outcomeOf) => {
      const reply = await run();
      told.push(`${name} ${outcomeOf(reply)}`);
      return reply;
    };
  let read = 0;
  const around = nested(telling('outer'), telling('inner'));
  const reply = await around(
    async () => 'held',
    (kind) => `${kind} ${++read}`,
  );
  expect(reply).toBe('held');
  expect(told).toEqual(['inner held 1', 'outer held 1']);
});
