import type Database from 'better-sqlite3';
import { backOff, PATIENCE_MS } from './back-off.ts';
import { concernsTheStore, isBusy, LedgerUnavailable, unavailability } from './problems.ts';

export interface GroupCommitOptions {
  /** Commands that may wait at once; beyond it they are refused, so that memory and delay stay bounded. */
  readonly maxWaiting: number;
  /** Commands in one transaction; it bounds how long one turn blocks the event loop. */
  readonly maxBatch?: number;
  /**
   * Milliseconds from one commit to the next at the least. Under load more commands then share the cost of
   * reaching the disk; a command that comes after a pause does not wait.
   */
  readonly paceMs?: number;
  /** Told of each commit that reached the disk: its commands, and how long it kept them all. For metrics. */
  readonly onCommit?: (commit: Commit) => void;
}

/** A commit that shared its way to the disk. */
export interface Commit {
  /** Commands in it. */
  readonly size: number;
  /** Milliseconds from its beginning until it was on disk. */
  readonly ms: number;
}

export interface CommandOptions {
  /** For a command that may well throw: it is then undone by itself, and the batch need not run again. */
  readonly savepoint?: boolean;
}

export interface GroupCommit {
  /**
   * Runs `run` within the next shared transaction and resolves with its result once that is on disk.
   * Rejects with what `run` threw (then only this command was undone), or with `LedgerUnavailable`.
   * Commands of one key run in the order they came. A command may run twice: when another one of its batch
   * throws, the transaction is rolled back and all run again, each in a savepoint of its own; and while another
   * process writes, the batch is put back and tried again, for about two seconds, other work going on.
   */
  commit<Result>(key: string, run: () => Result, options?: CommandOptions): Promise<Result>;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  /** The ordinal of the transaction under way, for what is worth reading once in each. */
  readonly batch: number;
}

interface Command {
  readonly key: string;
  readonly savepoint: boolean;
  readonly run: () => unknown;
  /** By `performance.now()`: when it stops waiting for another process. */
  readonly giveUpAt: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A command threw after it may have written in part, so the transaction cannot be committed. */
class SpoiltBatch extends Error {}

/** Settles one command, once it is known whether the transaction is on disk. */
type Settlement = () => void;

interface Stored {
  readonly settlements: readonly Settlement[];
  readonly committed: boolean;
  /** Why nothing is settled yet: another process writes. */
  readonly busy?: unknown;
}

/** Commands that wait at the same time share one `BEGIN IMMEDIATE … COMMIT`. */
export function createGroupCommit(client: Database.Database, options: GroupCommitOptions): GroupCommit {
  const maxBatch = options.maxBatch ?? 200;
  const paceMs = options.paceMs ?? 0;
  const pauses = backOff();
  const begin = client.prepare('BEGIN IMMEDIATE');
  const commit = client.prepare('COMMIT');
  const rollback = client.prepare('ROLLBACK');
  const savepoint = client.prepare('SAVEPOINT command');
  const release = client.prepare('RELEASE command');
  const undo = client.prepare('ROLLBACK TO command');

  let waiting: Command[] = [];
  let scheduled = false;
  let idlers: (() => void)[] = [];
  let ordinal = 0;
  let nextAt = 0;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const early = nextAt - performance.now();
    if (early > 0 && waiting.length < maxBatch) setTimeout(turn, early);
    else setImmediate(turn);
  }

  /** While another process writes all wait, but for those that have waited long enough. */
  function putBack(batch: readonly Command[], error: unknown): void {
    const now = performance.now();
    const unavailable = new LedgerUnavailable('busy', error);
    const patient: Command[] = [];
    for (const command of [...batch, ...waiting]) {
      if (command.giveUpAt > now) patient.push(command);
      else command.reject(unavailable);
    }
    waiting = patient;
    if (patient.length === 0) return;
    scheduled = true;
    setTimeout(turn, pauses.next());
  }

  function turn(): void {
    scheduled = false;
    const batch = waiting.slice(0, maxBatch).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    waiting = waiting.slice(maxBatch);
    const beganAt = performance.now();
    nextAt = beganAt + paceMs;
    const { settlements, busy, committed } = store(batch);
    if (committed) options.onCommit?.({ size: batch.length, ms: performance.now() - beganAt });
    for (const settle of settlements) settle();
    if (busy !== undefined) putBack(batch, busy);
    else {
      pauses.reset();
      if (waiting.length > 0) schedule();
    }
    if (waiting.length === 0) {
      for (const resolve of idlers) resolve();
      idlers = [];
    }
  }

  /**
   * Together and without savepoints at first: that is the fast way, and hardly ever does a command fail.
   */
  function store(batch: readonly Command[]): Stored {
    try {
      try {
        return { settlements: inOneTransaction(batch, perform), committed: true };
      } catch (error) {
        if (!(error instanceof SpoiltBatch)) throw error;
        return { settlements: inOneTransaction(batch, performApart), committed: true };
      }
    } catch (error) {
      if (isBusy(error)) return { settlements: [], committed: false, busy: error };
      const unavailable = new LedgerUnavailable(unavailability(error), error);
      return { settlements: batch.map((command) => () => command.reject(unavailable)), committed: false };
    }
  }

  function inOneTransaction(
    batch: readonly Command[],
    performOne: (command: Command) => Settlement,
  ): Settlement[] {
    ordinal += 1;
    try {
      begin.run();
      const settlements = batch.map(performOne);
      commit.run();
      return settlements;
    } catch (error) {
      if (client.open && client.inTransaction) rollback.run();
      throw error;
    }
  }

  function perform(command: Command): Settlement {
    if (command.savepoint) return performApart(command);
    try {
      const result = command.run();
      return () => command.resolve(result);
    } catch (error) {
      throw concernsTheStore(error) ? error : new SpoiltBatch();
    }
  }

  function performApart(command: Command): Settlement {
    savepoint.run();
    try {
      const result = command.run();
      release.run();
      return () => command.resolve(result);
    } catch (error) {
      // SQLite may have given up the whole transaction; then nothing of this batch can be acknowledged.
      if (!client.inTransaction || concernsTheStore(error)) throw error;
      undo.run();
      release.run();
      return () => command.reject(error);
    }
  }

  return {
    commit<Result>(
      key: string,
      run: () => Result,
      { savepoint = false }: CommandOptions = {},
    ): Promise<Result> {
      if (waiting.length >= options.maxWaiting) return Promise.reject(new LedgerUnavailable('crowded'));
      return new Promise<Result>((resolve, reject) => {
        const giveUpAt = performance.now() + PATIENCE_MS;
        waiting.push({
          key,
          savepoint,
          run,
          giveUpAt,
          resolve: (result) => resolve(result as Result),
          reject,
        });
        schedule();
      });
    },
    idle: () => (waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    get batch() {
      return ordinal;
    },
  };
}
