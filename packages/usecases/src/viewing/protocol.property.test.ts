import type { ViewingLedger } from '@watchledger/ledger';
import type { ViewingLock } from '@watchledger/lock';
import { type Milliseconds, milliseconds } from '@watchledger/rules';
import { describe, expect, it } from 'vitest';
import { kindOfThisRun } from '../testing/store-kinds.ts';
import { playHonestly, playRandomly } from './testing/play.ts';

const TIMEOUT = 120_000;
const kind = kindOfThisRun();
/** Fewer where each command crosses a wire. */
const USUAL_RUNS = { 'sqlite-local': 400, 'sqlite-redis': 200, 'postgres-redis': 60 };
const RUNS = Number(process.env.PROTOCOL_RUNS ?? USUAL_RUNS[kind]);
/** Within 12 runs from here all planted faults are met; only the quickest stores search for them anywhere. */
const SEED = kind === 'sqlite-local' ? null : 33;

describe('the viewing protocol, under random interleavings with failing, stalling and forgetful stores', () => {
  it(
    'credits nothing twice, loses nothing acknowledged, and stays within the wall clock',
    async () => {
      expect(await playRandomly(RUNS)).toBeNull();
    },
    TIMEOUT,
  );

  it(
    'loses no honest learner anything',
    async () => {
      expect(await playHonestly(RUNS)).toBeNull();
    },
    TIMEOUT,
  );
});

describe('a planted fault is caught', () => {
  it(
    'in the lock: claims are believed beyond the wall clock',
    async () => {
      const credulous = (lock: ViewingLock): ViewingLock => ({
        ...lock,
        report: async (learnerId, command) => {
          const reply = await lock.report(learnerId, command);
          if (reply.kind !== 'reported') return reply;
          const more = Math.max(0, command.claimMs - reply.row.watchedMs);
          const watchedMs = milliseconds(reply.row.watchedMs + more);
          const dayMs = milliseconds(reply.row.dayMs + more);
          return { ...reply, row: { ...reply.row, watchedMs, dayMs } };
        },
      });
      expect(await playRandomly(5_000, { lock: credulous, seed: SEED })).not.toBeNull();
    },
    TIMEOUT,
  );

  it(
    'in the lock: a session opens beside an active one',
    async () => {
      const lax = (lock: ViewingLock): ViewingLock => {
        const held = new Map<string, Awaited<ReturnType<ViewingLock['report']>>>();
        return {
          ...lock,
          report: async (learnerId, command) => {
            const reply = await lock.report(learnerId, command);
            const before = held.get(command.sessionId);
            if (reply.kind === 'reported') held.set(command.sessionId, reply);
            if (reply.kind !== 'elsewhere' || before?.kind !== 'reported') return reply;
            const at = await lock.now(learnerId);
            const grown = milliseconds(before.row.watchedMs + (at - before.row.lastReportAt));
            const row = { ...before.row, lastReportAt: at, grewAt: at, watchedMs: grown, dayMs: grown };
            return { ...before, row, baseAt: before.row.lastReportAt };
          },
        };
      };
      const unfenced = (ledger: ViewingLedger): ViewingLedger => ({
        ...ledger,
        record: async (progress) => {
          const recorded = await ledger.record(progress);
          return recorded.outcome === 'sealed' ? { ...recorded, outcome: 'recorded' } : recorded;
        },
      });
      expect(await playRandomly(5_000, { lock: lax, ledger: unfenced, seed: SEED })).not.toBeNull();
    },
    TIMEOUT,
  );

  it(
    'in the fence: totals that were refused are acknowledged',
    async () => {
      const careless = (ledger: ViewingLedger): ViewingLedger => ({
        ...ledger,
        record: async (progress) => ({ ...(await ledger.record(progress)), outcome: 'recorded' }),
      });
      expect(await playRandomly(5_000, { ledger: careless, seed: SEED })).not.toBeNull();
    },
    TIMEOUT,
  );

  it(
    'in the fence: what is owed after the sealing is paid without looking at the sealing',
    async () => {
      const generous = (ledger: ViewingLedger): ViewingLedger => ({
        ...ledger,
        settleLate: (sessionId, settle) =>
          ledger.settleLate(sessionId, (session) => {
            const settled = settle(session);
            if (settled === null) return null;
            const more = 60_000;
            return {
              ...settled,
              watchedMs: milliseconds(settled.watchedMs + more),
              dayMs: milliseconds(settled.dayMs + more) as Milliseconds,
            };
          }),
      });
      expect(await playRandomly(5_000, { ledger: generous, seed: SEED })).not.toBeNull();
    },
    TIMEOUT,
  );
});
