import type { SessionId } from '@watchledger/rules';
import type { Commit } from '../database/group-commit.ts';
import { LedgerUnavailable } from '../database/problems.ts';
import { contains } from './contains.ts';
import type { Progress, Recorded } from './port.ts';

/** Stores the totals of some sessions, each session once. Rejects when nothing of them may be acknowledged. */
export type StoreProgress = (progresses: readonly Progress[]) => Promise<ReadonlyMap<SessionId, Settlement>>;

/** What became of one session's totals: an answer, or why only these failed. */
export type Settlement = Recorded | { readonly failure: unknown };

export interface ProgressWriterOptions {
  /** Sessions' totals that may wait at once; beyond it they are refused, so that memory and delay stay bounded. */
  readonly maxWaiting: number;
  /** Totals that are stored together at most. */
  readonly maxBatch?: number;
  /** Batches that are under way at once. */
  readonly lanes?: number;
  /** Told of every batch. */
  readonly onCommit?: (commit: Commit) => void;
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
  readonly waiters: { resolve(recorded: Recorded): void; reject(reason: unknown): void }[];
}

/**
 * Lets totals that come while others are being stored share the next batch. Totals of one session are stored one
 * after the other, in the order they came; later ones that build on waiting ones join them.
 */
export function createProgressWriter(store: StoreProgress, options: ProgressWriterOptions): ProgressWriter {
  const { maxWaiting, maxBatch = 500, lanes = 2, onCommit } = options;
  /** Of each session, what waits or is under way, in the order it came. */
  const lines = new Map<SessionId, Entry[]>();
  /** The heads of lines that are not under way. */
  let ready: Entry[] = [];
  let waiting = 0;
  let busyLanes = 0;
  let scheduled = false;
  let idlers: (() => void)[] = [];

  /** At the end of the turn, so that what arrives in one reading of the sockets is stored together. */
  function schedule(): void {
    if (scheduled || ready.length === 0 || busyLanes >= lanes) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      while (busyLanes < lanes && ready.length > 0) {
        const batch = ready.slice(0, maxBatch);
        ready = ready.slice(maxBatch);
        void run(batch);
      }
    });
  }

  async function run(batch: readonly Entry[]): Promise<void> {
    busyLanes += 1;
    for (const entry of batch) entry.underWay = true;
    const startedAt = performance.now();
    try {
      const settled = await store(batch.map(({ progress }) => progress));
      onCommit?.({ size: batch.length, ms: performance.now() - startedAt });
      for (const entry of batch) settle(entry, settled.get(entry.progress.sessionId));
    } catch (error) {
      for (const entry of batch) settle(entry, { failure: error });
    }
    busyLanes -= 1;
    for (const entry of batch) advanceLine(entry);
    schedule();
    if (lines.size === 0) {
      for (const resolve of idlers) resolve();
      idlers = [];
    }
  }

  function advanceLine({ progress: { sessionId } }: Entry): void {
    const line = lines.get(sessionId) ?? [];
    line.shift();
    waiting -= 1;
    const [next] = line;
    if (next === undefined) lines.delete(sessionId);
    else ready.push(next);
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
      const entry: Entry = { progress, underWay: false, waiters: [] };
      waiting += 1;
      if (line === undefined) {
        lines.set(sessionId, [entry]);
        ready.push(entry);
        schedule();
      } else line.push(entry);
      return promiseOf(entry);
    },
    idle: () => (lines.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
}

function promiseOf({ waiters }: Entry): Promise<Recorded> {
  return new Promise((resolve, reject) => waiters.push({ resolve, reject }));
}

function settle({ waiters, progress }: Entry, settlement: Settlement | undefined): void {
  for (const { resolve, reject } of waiters) {
    if (settlement === undefined) reject(new Error(`nothing was said of session ${progress.sessionId}`));
    else if ('failure' in settlement) reject(settlement.failure);
    else resolve(settlement);
  }
}
