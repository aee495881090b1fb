import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { startFaultOf } from '../start-fault.ts';
import { forcedAfterMs } from '../stopping.ts';
import type { Leave, Task } from './questions.ts';
import { Revival } from './revival.ts';

/** A worker as the primary process sees it. */
export interface Worker {
  readonly pid: number;
  /** Resolves with its origin once it serves; rejects with `StartFault` when it cannot. */
  readonly serving: Promise<string>;
  /** How it ended; null: as it was asked to. */
  readonly ended: Promise<string | null>;
  leave(why: Leave): void;
  kill(): void;
}

export interface PoolOptions {
  readonly size: number;
  readonly fork: (task: Task) => Worker;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly pause?: (ms: number) => Promise<void>;
  /** How long a worker may take to leave once another has its place: longer than it takes to end itself by force. */
  readonly leaving?: () => Promise<void>;
  readonly now?: () => number;
}

/** So many workers at one port: those that die are replaced, and all of them one by one when asked. */
export interface Pool {
  /** Starts the first worker alone, then the rest; answers with their origin. Throws `StartFault`. */
  start(terms: { readonly adoptPolicy: boolean }): Promise<string>;
  /** Replaces each worker: the new one serves before the old one goes. Asked meanwhile, it does so once more. */
  replaceAll(): Promise<void>;
  /** Lets all finish; answers whether all ended well. */
  stop(): Promise<boolean>;
  /** Ends all at once. */
  kill(): void;
}

export function createPool({
  size,
  fork,
  log,
  pause = (ms) => wait(ms),
  leaving = () => wait(forcedAfterMs + 1_000, undefined, { ref: false }),
  now = () => performance.now(),
}: PoolOptions): Pool {
  /** Whoever has not ended yet, also those on their way in or out. */
  const alive = new Set<Worker>();
  const served = new WeakSet<Worker>();
  /** Asked to go already: asked again, they would take it for impatience. */
  const goes = new WeakSet<Worker>();
  const atWork = new Map<number, Worker>();
  let stopping = false;
  let replacing = Promise.resolve();
  let waiting = false;

  async function begin(task: Task): Promise<{ worker: Worker; origin: string }> {
    const worker = fork(task);
    alive.add(worker);
    void worker.ended.then(() => alive.delete(worker));
    try {
      const origin = await worker.serving;
      served.add(worker);
      if (stopping) leave(worker, 'stopping');
      return { worker, origin };
    } catch (error) {
      worker.kill();
      throw error;
    }
  }

  async function start({ adoptPolicy }: { readonly adoptPolicy: boolean }): Promise<string> {
    try {
      const first = await begin({ number: 1, adoptPolicy, portIsServed: false });
      atWork.set(1, first.worker);
      const others = Array.from({ length: size - 1 }, async (_, nth) => {
        const number = nth + 2;
        const { worker } = await begin({ number, adoptPolicy: false, portIsServed: true });
        atWork.set(number, worker);
      });
      await Promise.all(others);
      for (const number of atWork.keys()) void keep(number);
      return first.origin;
    } catch (error) {
      // Whoever serves finishes, as the stop has asked.
      if (stopping) throw error;
      stopping = true;
      const ends = [...alive].map(({ ended }) => ended);
      kill();
      await Promise.all(ends);
      throw error;
    }
  }

  /** Sees to it that this place is always filled. */
  async function keep(number: number): Promise<void> {
    const revival = new Revival();
    for (let worker = atWork.get(number); worker !== undefined; worker = atWork.get(number)) {
      const since = now();
      const how = await worker.ended;
      if (stopping) return;
      if (atWork.get(number) !== worker) continue;
      log.error({ worker: number }, `a worker ended (${how ?? 'by itself'}); another takes its place`);
      atWork.delete(number);
      await revive(number, revival, now() - since);
    }
  }

  async function revive(number: number, revival: Revival, livedMs: number): Promise<void> {
    await pause(revival.waitMs(livedMs));
    while (!stopping && !atWork.has(number)) {
      try {
        const { worker } = await begin({ number, adoptPolicy: false, portIsServed: true });
        // Somebody replaced all meanwhile.
        if (atWork.has(number)) return await seeOff(worker, number);
        atWork.set(number, worker);
        log.info({ worker: number }, 'a worker took the place of one that had ended');
      } catch (error) {
        if (stopping) return;
        log.error({ worker: number }, `no worker can start: ${startFaultOf(error).message}`);
        await pause(revival.waitMs(0));
      }
    }
  }

  async function replaceOneByOne(): Promise<void> {
    log.info('replacing the workers one by one');
    for (const number of [...atWork.keys()]) {
      if (stopping) return;
      try {
        const { worker } = await begin({ number, adoptPolicy: false, portIsServed: true });
        const old = atWork.get(number);
        atWork.set(number, worker);
        if (old !== undefined) await seeOff(old, number);
      } catch (error) {
        if (!stopping) {
          log.error(`replacing is given up, the old workers go on: ${startFaultOf(error).message}`);
        }
        return;
      }
    }
    log.info('all workers are replaced');
  }

  /** Lets a worker go whose place is taken, and sees to it that it does. */
  async function seeOff(worker: Worker, number: number): Promise<void> {
    leave(worker, 'replaced');
    const isGone = await Promise.race([worker.ended.then(() => true), leaving().then(() => false)]);
    if (isGone) return;
    log.error({ worker: number }, 'a replaced worker does not end; it is ended by force');
    worker.kill();
    await worker.ended;
  }

  function leave(worker: Worker, why: Leave): void {
    if (goes.has(worker)) return;
    goes.add(worker);
    worker.leave(why);
  }

  function kill(): void {
    for (const worker of alive) worker.kill();
  }

  return {
    start,
    kill,
    replaceAll() {
      if (waiting) return replacing;
      waiting = true;
      replacing = replacing.then(() => {
        waiting = false;
        return replaceOneByOne();
      });
      return replacing;
    },
    async stop() {
      stopping = true;
      const finishing = [...alive].filter((worker) => served.has(worker));
      const ends = finishing.map(({ ended }) => ended);
      for (const worker of alive) if (!served.has(worker)) worker.kill();
      for (const worker of finishing) leave(worker, 'stopping');
      return (await Promise.all(ends)).every((how) => how === null);
    },
  };
}
