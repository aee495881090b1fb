import cluster from 'node:cluster';
import { Problem } from '@watchledger/contract';
import { Gauge, Registry } from 'prom-client';
import type { Configuration } from '../configuration/configuration.ts';
import { createLog } from '../log.ts';
import { startService } from '../service.ts';
import { startFaultOf } from '../start-fault.ts';
import { stopOnce } from '../stopping.ts';
import { createLine, NoAnswer } from './line.ts';
import {
  type AskedOfPrimary,
  type AskedOfWorker,
  type Figures,
  figuresOfAllMs,
  type Leave,
} from './questions.ts';

/** A process that a primary process has started to be one of several at its port. */
export const isWorker = (): boolean => cluster.isWorker;

/** Does its share until the primary process lets it go, or is gone itself. */
export async function work(configuration: Configuration): Promise<void> {
  // Until there is something to finish, it goes at once.
  let stop: (why: Leave) => void = () => process.exit(0);
  let isLeaving = false;
  // Its first reason to go counts: the primary process, and nobody else, ends it by force.
  const leave = (why: Leave) => {
    if (isLeaving) return;
    isLeaving = true;
    stop(why);
  };
  const registry = new MachineRegistry(() => line.ask('figuresOfAll'));
  const answers: AskedOfWorker = {
    alive() {},
    // Whether it is ready is no longer asked of one whose stores are being closed.
    figures: () => (isLeaving ? registry.counted() : registry.getMetricsAsJSON()),
    leave,
  };
  const line = createLine<AskedOfPrimary>(toPrimary, answers, { figuresOfAll: figuresOfAllMs });
  // A terminal tells all its processes; what is to be done, the primary one decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('SIGTERM', () => leave('stopping'));

  const { number, adoptPolicy, portIsServed } = await line.ask('task');
  const log = createLog(configuration).child({ worker: number });
  try {
    const codes = { redeem: (code: string) => line.ask('redeem', code) };
    const service = await startService(configuration, {
      adoptPolicy,
      log,
      shared: { portIsServed, codes, registry },
    });
    stop = stopOnce({
      log,
      stop: async (why: Leave) => {
        await service.stop(why);
        await line.ask('leavesBehind', await registry.counted());
      },
    });
    await line.ask('serving', service.origin);
  } catch (error) {
    await line.ask('faulty', startFaultOf(error).lines);
    process.exit(1);
  }
}

const toPrimary = {
  // A primary process that is gone needs no message; this one ends with it.
  send: (message: object) => void (process.connected && process.send?.(message)),
  listen: (hear: (message: unknown) => void) => void process.on('message', hear),
};

/** Keeps this worker's figures, and answers with those of all. */
class MachineRegistry extends Registry {
  readonly #figuresOfAll: () => Promise<string>;

  constructor(figuresOfAll: () => Promise<string>) {
    super();
    this.#figuresOfAll = figuresOfAll;
  }

  /** What it has counted, without what is true of a living process alone. */
  async counted(): Promise<Figures> {
    const counting = new Registry();
    for (const { name } of this.getMetricsAsArray()) {
      const meter = this.getSingleMetric(name);
      if (meter !== undefined && !(meter instanceof Gauge)) counting.registerMetric(meter);
    }
    return counting.getMetricsAsJSON();
  }

  override async metrics(): Promise<string> {
    try {
      return await this.#figuresOfAll();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw new Problem('unavailable', 'The figures of all workers cannot be had now.', {
        retryAfterSeconds: 5,
      });
    }
  }
}
