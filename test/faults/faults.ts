import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestPostgres } from '../harness/index.ts';
import type { Cut } from './cutting-proxy.ts';
import type { FaultSite, Machines } from './fault-site.ts';

/** Something that breaks while learners watch. */
export interface Fault {
  /** What happens, as the table of faults says it. */
  readonly title: string;
  /** Breaks it; answers what was seen to break, and rejects where nothing was. */
  strike(site: FaultSite): Promise<string>;
  /** Makes it whole; from then on everybody must be served again. Rejects where nothing has changed. */
  heal(site: FaultSite): Promise<void>;
  /** Whether the database can be read in between. */
  readonly sparesDatabase: boolean;
}

export const faultNames = ['process', 'redis-primary', 'postgres-restart', 'postgres', 'commit'] as const;
export type FaultName = (typeof faultNames)[number];

export const faults: Readonly<Record<FaultName, () => Fault>> = {
  process: processKilled,
  'redis-primary': redisPrimaryKilled,
  'postgres-restart': postgresRestarted,
  postgres: postgresKilled,
  commit: commitCut,
};

/** A process is killed in the middle of heartbeats; it comes back at the same address. */
function processKilled(): Fault {
  let turn = 0;
  let killed = 0;
  const next = ({ services }: FaultSite) => {
    const service = services[turn % services.length];
    if (service === undefined) throw new Error('there is no process');
    return service;
  };
  return {
    title: 'kill -9 of a process',
    sparesDatabase: true,
    async strike(site) {
      const service = next(site);
      killed = service.pid;
      const { signal } = await service.kill();
      if (signal !== 'SIGKILL') throw new Error(`the service ended by itself:\n${service.logs()}`);
      return 'ended by SIGKILL';
    },
    async heal(site) {
      const service = next(site);
      await service.restart();
      if (service.pid === killed) throw new Error('the killed process still serves');
      turn += 1;
    },
  };
}

/** A primary of the Redis Cluster is killed; its replica is promoted, and the killed one comes back as replica. */
function redisPrimaryKilled(): Fault {
  let turn = 0;
  let killed: Awaited<ReturnType<Machines['cluster']['killPrimary']>> | null = null;
  return {
    title: 'kill -9 of a Redis primary (failover)',
    sparesDatabase: true,
    async strike(site) {
      killed = await machinesOf(site).cluster.killPrimary(turn % 3);
      const answers = await killed.ask('PING').catch(() => null);
      if (answers !== null) throw new Error('the killed primary still answers');
      return 'primary killed';
    },
    async heal(site) {
      const { cluster } = machinesOf(site);
      await cluster.healthy();
      if (killed === null) throw new Error('no primary was killed');
      const { port } = await cluster.primary(turn % 3);
      if (port === killed.port) throw new Error('no replica was promoted');
      await cluster.restartNode(killed);
      turn += 1;
    },
  };
}

/** PostgreSQL ends its clients and stops, and comes back. */
function postgresRestarted(): Fault {
  return postgresAway('restart of PostgreSQL (fast)', async (postgres) => {
    await postgres.stop();
    if (leftInHaste(postgres)) throw new Error('PostgreSQL did not stop in an orderly way');
    return 'stopped';
  });
}

/** PostgreSQL is gone in the middle of everything, and comes back by its log. */
function postgresKilled(): Fault {
  return postgresAway('kill -9 of PostgreSQL', async (postgres) => {
    await postgres.kill();
    if (!leftInHaste(postgres)) throw new Error('PostgreSQL stopped in an orderly way');
    return 'ended by SIGKILL';
  });
}

function postgresAway(title: string, strike: (postgres: TestPostgres) => Promise<string>): Fault {
  let before = 0;
  return {
    title,
    sparesDatabase: false,
    strike(site) {
      const { postgres } = machinesOf(site);
      before = postgres.pid;
      return strike(postgres);
    },
    async heal(site) {
      const { postgres } = machinesOf(site);
      await pause(Math.random() * 500);
      await postgres.start();
      if (postgres.pid === before) throw new Error('PostgreSQL is the same as before');
    },
  };
}

/** A server that stops takes this file with it. */
function leftInHaste({ dataFolder }: TestPostgres): boolean {
  return existsSync(join(dataFolder, 'postmaster.pid'));
}

const cuts: readonly (Cut & { readonly said: string })[] = [
  { at: 'answer', of: 'COMMIT', said: 'answer to COMMIT cut' },
  { at: 'answer', of: 'UPDATE', said: 'answer to UPDATE cut' },
  { at: 'request', of: 'COMMIT', said: 'COMMIT cut on its way' },
  { at: 'request', of: 'UPDATE', said: 'UPDATE cut on its way' },
];
const cutWithinMs = 30_000;

/**
 * The connection breaks between a commit and its answer, or before the commit arrives: by turns of what opens and
 * ends sessions (COMMIT) and of heartbeats, which commit themselves (UPDATE).
 */
function commitCut(): Fault {
  let turn = 0;
  return {
    title: 'connection cut in the middle of a commit',
    sparesDatabase: true,
    async strike(site) {
      const cut = cuts[turn % cuts.length];
      if (cut === undefined) throw new Error('there is nothing to cut');
      turn += 1;
      const late = new AbortController();
      const tooLate = pause(cutWithinMs, null, { signal: late.signal, ref: false }).then(() => {
        throw new Error(`no ${cut.of} came within ${cutWithinMs} ms`);
      });
      await Promise.race([machinesOf(site).wire.cut(cut), tooLate]);
      tooLate.catch(() => {});
      late.abort();
      return cut.said;
    },
    heal: async () => {},
  };
}

function machinesOf({ machines }: FaultSite): Machines {
  if (machines === null) throw new Error('this fault needs PostgreSQL and a Redis Cluster');
  return machines;
}
