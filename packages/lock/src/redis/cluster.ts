import { once } from 'node:events';
import type { LearnerId } from '@watchledger/rules';
import { Cluster, type Redis } from 'ioredis';
import { LockUnavailable } from '../port.ts';
import type { RedisClusterAddress } from './address.ts';
import { commonOptions, reasonOf } from './common-options.ts';
import type { RedisConnection, RedisConnectionOptions } from './connection.ts';
import { slotOf } from './keys.ts';
import { createNewcomers } from './newcomers.ts';
import { redirectionTo, refusalIn, wasNotSent } from './redirection.ts';
import { watchTopology } from './topology.ts';

/**
 * A cluster, found from some of its nodes. ioredis would send a command again after a failover, a lost connection
 * or a cluster that is down: all that is off, the caller comes again. Nor does it follow redirections: of commands
 * that it sent together it follows none unless all are sent to the same place. Who sends a command follows its own.
 */
export async function connectCluster(
  address: RedisClusterAddress,
  options: RedisConnectionOptions,
): Promise<RedisConnection> {
  const { certificates, patienceMs = 2_000, onTrouble = () => {} } = options;
  const { tls, ...common } = { tls: undefined, ...commonOptions(address, { certificates, patienceMs }) };
  let started = false;
  const cluster = new Cluster([...address.nodes], {
    lazyConnect: true,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    enableReadyCheck: false,
    maxRedirections: 0,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    slotsRefreshTimeout: patienceMs,
    slotsRefreshInterval: 5_000,
    // Names stay names: a certificate is for the name, and each connection may find another machine behind it.
    dnsLookup: (host, found) => found(null, host),
    clusterRetryStrategy: (attempt) => (started ? Math.min(50 * attempt, 1_000) : null),
    redisOptions: { ...common, ...(tls === undefined ? {} : { tls }) },
  });
  let trouble = '';
  const inTrouble = (error: Error, node?: string) => {
    const { lastNodeError } = error as { lastNodeError?: Error };
    trouble = `${node === undefined ? '' : `${node}: `}${reasonOf(lastNodeError ?? error)}`;
    onTrouble(trouble);
  };
  cluster.on('error', inTrouble);
  cluster.on('node error', inTrouble);
  const listeners: ((name: string, node: Redis) => void)[] = [];
  const goneListeners: ((name: string) => void)[] = [];
  cluster.on('-node', (node: Redis) => {
    for (const listener of goneListeners) listener(nameOf(node));
  });
  cluster.on('+node', (node: Redis) => {
    node.on('ready', () => {
      for (const listener of listeners) listener(nameOf(node), node);
    });
  });
  const newcomers = createNewcomers({ ...common, ...(tls && { tls }), connectTimeout: patienceMs });
  const primaries = () => new Map(cluster.nodes('master').map((node) => [nameOf(node), node]));
  const nodeOf = (learnerId: LearnerId) => cluster.slots[slotOf(learnerId)]?.[0] ?? '';
  const topology = watchTopology(cluster);
  try {
    await cluster.connect();
    await Promise.all(cluster.nodes('master').map(untilReady));
  } catch (error) {
    topology.close();
    cluster.disconnect();
    throw new LockUnavailable(`cannot reach Redis: ${trouble || reasonOf(error)}`, { cause: error });
  }
  started = true;
  return {
    client: cluster,
    primaries,
    missing: () => {
      const connected = primaries();
      const serving = new Set(cluster.slots.map(([name]) => name));
      return [...serving].filter((name) => name !== undefined && !connected.has(name)) as string[];
    },
    replicas: async () => {
      const known = cluster.nodes('slave');
      const reached = await Promise.allSettled(known.map(untilReady));
      const nodes = known.filter((_, nth) => reached[nth]?.status === 'fulfilled');
      return { nodes: new Map(nodes.map((node) => [nameOf(node), node])), close: () => {} };
    },
    nodeOf,
    onReady: (listener) => void listeners.push(listener),
    onGone: (listener) => void goneListeners.push(listener),
    demandService,
    redirection: async (error, learnerId) => {
      const refusal = wasNotSent(error)
        ? ({ kind: 'MOVED', node: nodeOf(learnerId) } as const)
        : refusalIn(error);
      if (refusal === null) return null;
      if (refusal.kind === 'MOVED') topology.lookAgain();
      const known = cluster.nodes().find((node) => nameOf(node) === refusal.node);
      return redirectionTo(refusal, known?.status === 'ready' ? known : await newcomers.reach(refusal.node));
    },
    lookAgain: topology.lookAgain,
    close: () => {
      topology.close();
      newcomers.close();
      cluster.disconnect();
    },
  };
}

/** As ioredis names nodes in its table of slots. */
function nameOf({ options }: Redis): string {
  return `${options.host}:${options.port}`;
}

async function demandService(node: Redis): Promise<void> {
  const state = await node.cluster('INFO').catch((error: unknown) => {
    // A user that may not ask learns it from its commands.
    if (error instanceof Error && error.message.startsWith('NOPERM')) return '';
    throw error;
  });
  if (/^cluster_state:fail/m.test(String(state))) throw new Error(`${nameOf(node)}: the cluster is down`);
}

async function untilReady(node: Redis): Promise<void> {
  if (node.status === 'ready') return;
  if (node.status === 'end') throw new Error(`${nameOf(node)} is not connected`);
  const over = new AbortController();
  const { signal } = over;
  try {
    await Promise.race([
      once(node, 'ready', { signal }),
      once(node, 'end', { signal }).then(() => {
        throw new Error(`${nameOf(node)} is not connected`);
      }),
    ]);
  } finally {
    over.abort();
  }
}
