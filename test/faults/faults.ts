import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSite, Machines } from './fault-site.ts';

/** Something that breaks while learners watch. */
export interface Fault {
  /** What happens, as the table of faults says it. */
  readonly title: string;
  /** Breaks it. */
  strike(site: FaultSite): Promise<void>;
  /** Makes it whole; from then on everybody must be served again. */
  heal(site: FaultSite): Promise<void>;
  /** Whether the database can be read in between. */
  readonly sparesDatabase: boolean;
}

export const faultNames = ['process', 'redis-primary', 'postgres', 'commit'] as const;
export type FaultName = (typeof faultNames)[number];

export const faults: Readonly<Record<FaultName, () => Fault>> = {
  process: processKilled,
  'redis-primary': redisPrimaryKilled,
  postgres: postgresRestarted,
  commit: commitCut,
};

/** A process is killed in the middle of heartbeats; it comes back at the same address. */
function processKilled(): Fault {
  let turn = 0;
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
      const { signal } = await service.kill();
      if (signal !== 'SIGKILL') throw new Error(`the service ended by itself:\n${service.logs()}`);
    },
    async heal(site) {
      await next(site).restart();
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
      turn += 1;
    },
    async heal(site) {
      const { cluster } = machinesOf(site);
      await cluster.healthy();
      if (killed !== null) await cluster.restartNode(killed);
    },
  };
}

/** PostgreSQL goes down, by turns in an orderly way and by kill -9, and comes back. */
function postgresRestarted(): Fault {
  let turn = 0;
  return {
    title: 'restart of PostgreSQL (by turns fast, kill -9)',
    sparesDatabase: false,
    async strike(site) {
      const { postgres } = machinesOf(site);
      if (turn % 2 === 0) await postgres.stop();
      else await postgres.kill();
      turn += 1;
    },
    async heal(site) {
      await pause(Math.random() * 500);
      await machinesOf(site).postgres.start();
    },
  };
}

/** PostgreSQL does what it was asked, and the connection breaks before its answer arrives. */
function commitCut(): Fault {
  return {
    title: 'connection cut in the middle of a commit',
    sparesDatabase: true,
    async strike(site) {
      await machinesOf(site).wire.cutNextAnswer();
    },
    heal: async () => {},
  };
}

function machinesOf({ machines }: FaultSite): Machines {
  if (machines === null) throw new Error('this fault needs PostgreSQL and a Redis Cluster');
  return machines;
}
