import cluster, { type Worker as Process } from 'node:cluster';
import type { Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.ts';
import type { Link } from '../links.ts';
import { createCodes, linksInto } from '../service.ts';
import { StartFault } from '../start-fault.ts';
import { becomesMute } from './alertness.ts';
import { createLine, type Line, NoAnswer } from './line.ts';
import { MachineFigures } from './machine-figures.ts';
import { createPool, type Worker } from './pool.ts';
import { type AskedOfPrimary, type AskedOfWorker, figuresMs, type Task } from './questions.ts';

/** The product, as several processes at one port of this machine. */
export interface Machine {
  /** Throws `StartFault`. */
  start(terms: { readonly adoptPolicy: boolean }): Promise<RunningMachine>;
  /**
   * Lets all workers finish what is under way, and ends those that only start. Rejects when one did not end well.
   */
  stop(): Promise<void>;
  /** Ends all workers at once. */
  force(): void;
}

export interface RunningMachine {
  readonly origin: string;
  /** Ready-to-open pages, in development only; any worker lets them in. */
  readonly links: readonly Link[];
}

/**
 * Becomes the primary process: it holds the port, gives each worker connections in turn, and does no other work.
 * SIGHUP replaces the workers one by one.
 */
export function createMachine(configuration: Configuration, log: Logger): Machine {
  const codes = createCodes();
  const figures = new MachineFigures<Process>();
  const lines = new Map<Process, Line<AskedOfWorker>>();
  let scrape: Promise<string> | null = null;

  // Taken in turn: left to the system, one worker gets most of the connections.
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({ args: [] });
  const pool = createPool({ size: configuration.workers, fork, log });
  let origin: string | null = null;
  process.on('SIGHUP', () => {
    // Who is still starting has nothing older to replace.
    if (origin !== null) void pool.replaceAll();
  });
  return {
    async start(terms) {
      origin = await pool.start(terms);
      return { origin, links: linksInto(origin, configuration, codes) };
    },
    async stop() {
      if (!(await pool.stop())) throw new Error('a worker did not end well');
    },
    force: () => pool.kill(),
  };

  function fork(task: Task): Worker {
    const child = cluster.fork();
    const serving = Promise.withResolvers<string>();
    const ended = Promise.withResolvers<string | null>();
    const answers: AskedOfPrimary = {
      task: () => task,
      serving(from) {
        lines.set(child, line);
        serving.resolve(from);
      },
      faulty: (faults) => serving.reject(new StartFault(...faults)),
      redeem: (code) => codes.redeem(code),
      figuresOfAll: () => figuresOfAll(),
      leavesBehind: (last) => figures.take(child, last),
    };
    const line = createLine<AskedOfWorker>(
      {
        send: (message) => void (child.isConnected() && child.send(message, ignored)),
        listen: (hear) => child.on('message', hear),
      },
      answers,
      { figures: figuresMs },
    );
    child.once('exit', (code, signal) => {
      lines.delete(child);
      figures.depart(child);
      const how = signal ?? `code ${code}`;
      serving.reject(new StartFault(`A worker ended before it served (${how})`));
      ended.resolve(code === 0 ? null : how);
    });
    void serving.promise.then(watch, () => {});
    return {
      pid: child.process.pid ?? -1,
      serving: serving.promise,
      ended: ended.promise,
      leave: (why) => {
        line.ask('leave', why).catch((error: unknown) => {
          if (!(error instanceof NoAnswer)) throw error;
          log.warn({ worker: task.number }, `a worker does not listen: ${error.message}`);
        });
      },
      kill: () => child.process.kill('SIGKILL'),
    };

    async function watch(): Promise<void> {
      const ask = () => line.ask('alive');
      if (!(await becomesMute({ ask, ended: ended.promise }))) return;
      log.error({ worker: task.number }, 'a worker has been mute for 30 s; it is ended by force');
      child.process.kill('SIGKILL');
    }
  }

  /** Those who ask at the same time are answered together. */
  function figuresOfAll(): Promise<string> {
    scrape ??= gathered().finally(() => {
      scrape = null;
    });
    return scrape;
  }

  /** A worker that is too busy to say what it has counted counts with what it said last. */
  async function gathered(): Promise<string> {
    const asked = [...lines].map(async ([child, line]) => figures.take(child, await line.ask('figures')));
    const answers = await Promise.allSettled(asked);
    const lost = answers.find(
      (answer) => answer.status === 'rejected' && !(answer.reason instanceof NoAnswer),
    );
    if (lost?.status === 'rejected') throw lost.reason;
    return figures.text();
  }
}

/** A message to a process that has just ended is one that needs no answer. */
function ignored(): void {}
