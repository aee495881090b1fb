import cluster from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '@watchledger/contract';
import { Registry } from 'prom-client';
import type { Configuration } from '../configuration/configuration.ts';
import { createLog } from '../log.ts';
import { type Service, startService } from '../service.ts';
import { StartFault, startFaultOf } from '../start-fault.ts';
import { stopOnce } from '../stopping.ts';
import { createLine, NoAnswer } from './line.ts';
import type { AskedOfPrimary, AskedOfWorker, Leave } from './questions.ts';

/** A process that a primary process has started to be one of several at its port. */
export const isWorker = (): boolean => cluster.isWorker;

/** Does its share until the primary process lets it go, or is gone itself. */
export async function work(configuration: Configuration): Promise<void> {
  let leave: (why: Leave) => void = () => process.exit(0);
  const registry = new MachineRegistry(() => line.ask('figuresOfAll'));
  const answers: AskedOfWorker = {
    figures: () => registry.getMetricsAsJSON(),
    leave: (why) => leave(why),
  };
  const line = createLine<AskedOfPrimary>(toPrimary, answers);
  // A terminal tells all its processes; what is to be done, the primary one decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

  const { number, adoptPolicy, portIsServed, replaces } = await line.ask('task');
  const log = createLog(configuration).child({ worker: number });
  try {
    const codes = { redeem: (code: string) => line.ask('redeem', code) };
    const service = await startService(configuration, {
      adoptPolicy,
      log,
      shared: { portIsServed, codes, registry },
    });
    if (replaces) await untilReady(service);
    leave = stopOnce({
      log,
      stop: async (why: Leave) => {
        await service.stop(why);
        await line.ask('leavesBehind', await registry.getMetricsAsJSON());
      },
    });
    process.on('SIGTERM', () => leave('stopping'));
    await line.ask('serving', service.origin);
  } catch (error) {
    await line.ask('faulty', startFaultOf(error).lines);
    process.exit(1);
  }
}

const readyWithinMs = 15_000;
const lookAgainMs = 250;

/** Nobody goes for a worker that cannot do its work. */
async function untilReady({ ready }: Service): Promise<void> {
  const giveUpAt = performance.now() + readyWithinMs;
  for (;;) {
    const { ready: isReady, checks } = await ready();
    if (isReady) return;
    if (performance.now() > giveUpAt) {
      const failing = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail ?? ''}`);
      throw new StartFault(`the new worker is not ready: ${failing.join(', ')}`);
    }
    await pause(lookAgainMs);
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
