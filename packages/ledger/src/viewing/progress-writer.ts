import type { SessionId } from '@watchledger/rules';
import { PATIENCE_MS } from '../database/back-off.ts';
import type { Commit } from '../database/group-commit.ts';
import { createLanes } from '../database/lanes.ts';
import { LedgerUnavailable } from '../database/problems.ts';
import { contains } from './contains.ts';
import type { Progress, Recorded } from './port.ts';

/** Where totals are stored, each session's once in a call. Never rejects: what fails is told of each session. */
export interface ProgressStore {
  /** The fast way, which waits for nobody: settles the sessions whose totals simply advance. */
  advance(progresses: readonly Progress[]): Promise<Settlements>;
  /** The thorough way: settles all but the sessions that another transaction holds just now. */
  resolve(progresses: readonly Progress[]): Promise<Settlements>;
}

export type Settlements = ReadonlyMap<SessionId, Settlement>;

/** What became of one session's totals: an answer, or why only these failed. */
export type Settlement = Recorded | { readonly failure: unknown };

export interface ProgressWriterOptions {
  /** Sessions' totals that may wait at once; beyond it they are refused, so that memory and delay stay bounded. */
  readonly maxWaiting: number;
  /** Totals that are stored together at most. */
  readonly maxBatch?: number;
  /** Batches that are under way at once, each way. */
  readonly lanes?: number;
  /** Told of every batch. */
  readonly onCommit?: (commit: Commit) => void;
  /** The time and the pauses of what is tried again; tests set it. */
  readonly clock?: { now(): number; after(ms: number, resume: () => void): void };
}

export interface ProgressWriter {
  /** Resolves once the totals are on disk. Rejects with `LedgerUnavailable`, or with why these were refused. */
  record(progress: Progress): Promise<Recorded>;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

interface Entry {
  progress: Progress;
  underWay: boolean;
  readonly giveUpAt: number;
  readonly waiters: { resolve(recorded: Recorded): void; reject(reason: unknown): void }[];
}

/** How soon a held session is looked at again. */
const AGAIN_MS = 20;

const realClock = {
  now: () => performance.now(),
  after: (ms: number, resume: () => void) => void setTimeout(resume, ms),
};

/**
 * Lets totals that come while others are being stored share the next batch. Totals of one session are stored one
 * after the other, in the order they came; later ones that contain waiting ones take their place. Each is answered
 * as soon as it is settled: what another transaction holds up, holds up nobody else.
 */
export function createProgressWriter(store: ProgressStore, options: ProgressWriterOptions): ProgressWriter {
  const { maxWaiting, maxBatch = 500, lanes = 2, onCommit, clock = realClock } = options;
  /** Of each session, what waits or is under way, in the order it came. */
  const lines = new Map<SessionId, Entry[]>();
  const fast = createLanes<Entry>(lanes, maxBatch, (batch) => attempt(batch, store.advance, thorough.add));
  const thorough = createLanes<Entry>(lanes, maxBatch, (batch) => attempt(batch, store.resolve, comeAgain));
  let waiting = 0;
  let idlers: (() => void)[] = [];

  async function attempt(
    batch: readonly Entry[],
    way: (progresses: readonly Progress[]) => Promise<Settlements>,
    otherwise: (unsettled: readonly Entry[]) => void,
  ): Promise<void> {
    for (const entry of batch) entry.underWay = true;
    const startedAt = clock.now();
    const settlements = await way(batch.map(({ progress }) => progress));
    const [settled, unsettled] = split(batch, ({ progress }) => settlements.has(progress.sessionId));
    if (settled.length > 0) onCommit?.({ size: settled.length, ms: clock.now() - startedAt });
    for (const entry of settled) settle(entry, settlements.get(entry.progress.sessionId));
    const away = [...settlements.values()].find(isAway);
    if (away !== undefined) failWaiting(away);
    if (unsettled.length > 0) otherwise(unsettled);
  }

  /** Another transaction holds them; hardly ever for long. */
  function comeAgain(held: readonly Entry[]): void {
    const [patient, others] = split(held, ({ giveUpAt }) => giveUpAt > clock.now());
    for (const entry of others) settle(entry, { failure: new LedgerUnavailable('busy') });
    if (patient.length > 0) clock.after(AGAIN_MS, () => thorough.add(patient));
  }

  /** The store is away: whoever waits would only wait as long, and is told to come again. */
  function failWaiting(settlement: Settlement): void {
    for (const entry of [...lines.values()].flat()) if (!entry.underWay) settle(entry, settlement);
    // Last of all: each that was told made way for the next of its session.
    fast.clear();
  }

  function settle(entry: Entry, settlement: Settlement | undefined): void {
    const { sessionId } = entry.progress;
    for (const { resolve, reject } of entry.waiters) {
      if (settlement === undefined) reject(new Error(`nothing was said of session ${sessionId}`));
      else if ('failure' in settlement) reject(settlement.failure);
      else resolve(settlement);
    }
    leave(entry);
  }

  function leave(entry: Entry): void {
    const { sessionId } = entry.progress;
    const line = (lines.get(sessionId) ?? []).filter((each) => each !== entry);
    waiting -= 1;
    if (line.length === 0) lines.delete(sessionId);
    else lines.set(sessionId, line);
    const [next] = line;
    if (next !== undefined && !next.underWay) fast.add([next]);
    if (lines.size > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }

  return {
    record: (progress) => {
      const { sessionId } = progress;
      const line = lines.get(sessionId);
      const last = line?.at(-1);
      if (last !== undefined && !last.underWay && contains(progress, last.progress)) {
        last.progress = progress;
        return promiseOf(last);
      }
      if (waiting >= maxWaiting) return Promise.reject(new LedgerUnavailable('crowded'));
      const entry: Entry = {
        progress,
        underWay: false,
        giveUpAt: clock.now() + PATIENCE_MS,
        waiters: [],
      };
      waiting += 1;
      if (line === undefined) {
        lines.set(sessionId, [entry]);
        fast.add([entry]);
      } else line.push(entry);
      return promiseOf(entry);
    },
    idle: () => (lines.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
}

function isAway(settlement: Settlement): boolean {
  if (!('failure' in settlement)) return false;
  const { failure } = settlement;
  return failure instanceof LedgerUnavailable && failure.reason === 'failed';
}

function split(entries: readonly Entry[], fits: (entry: Entry) => boolean): [Entry[], Entry[]] {
  const { yes = [], no = [] } = Object.groupBy(entries, (entry) => (fits(entry) ? 'yes' : 'no'));
  return [yes, no];
}

function promiseOf({ waiters }: Entry): Promise<Recorded> {
  return new Promise((resolve, reject) => waiters.push({ resolve, reject }));
}
