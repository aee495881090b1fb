import type { LearnerId } from '@watchledger/rules';
import type { Cluster, Redis } from 'ioredis';
import { LockUnavailable } from '../port.ts';
import type { RedisAddress, RedisCertificates, RedisClusterAddress } from './address.ts';
import { connectCluster } from './cluster.ts';
import { connectServer } from './server.ts';

export interface RedisConnectionOptions {
  readonly address: RedisAddress;
  readonly certificates?: RedisCertificates;
  /** How long Redis may be silent while commands wait; then all of them fail, and the connection is made anew. */
  readonly patienceMs?: number;
  /** Called with one line whenever a connection fails or cannot be made again. */
  readonly onTrouble?: (message: string) => void;
}

/** A connection for the lock alone. While Redis is away commands fail at once: nothing queues up to run later. */
export interface RedisConnection {
  /** Takes commands with a key, and sends each to the node that serves it. */
  readonly client: Redis | Cluster;
  /** The nodes that take writes just now, by name: one, or the primaries of a cluster. */
  primaries(): ReadonlyMap<string, Redis>;
  /** Names of primaries that there is no connection to. */
  missing(): readonly string[];
  /** Those that may be promoted, as far as they can be reached. */
  replicas(): Promise<Replicas>;
  /** The name of the node whose clock stamps this learner's row. */
  nodeOf(learnerId: LearnerId): string;
  /** Called for each node whose connection is made from now on, or made again. */
  onReady(listener: (name: string, node: Redis) => void): void;
  /** Called for each node that is in the table of slots no more, or whose connection is lost. */
  onGone(listener: (name: string) => void): void;
  /** Rejects when this node refuses every command, as those of a cluster do that misses a slot. */
  demandService(node: Redis): Promise<void>;
  /** Where to send a learner's command that was refused and did not run; null: this error does not say so. */
  redirection(error: unknown, learnerId: LearnerId): Promise<Redirection | null>;
  /** Told of a command that failed: another node may serve its key by now. */
  lookAgain(): void;
  close(): void;
}

export interface Redirection {
  /** The name of the node to ask instead. */
  readonly node: string;
  /** Runs a script on one key there, at once: no other command comes in between. */
  run(lua: string, key: string, args: readonly (string | number)[]): Promise<string>;
}

/** Connections to be closed by whoever asked for them. */
export interface Replicas {
  readonly nodes: ReadonlyMap<string, Redis>;
  close(): void;
}

/**
 * Connects to Redis in any of its forms. One node of a cluster stands for the cluster.
 * @throws LockUnavailable when Redis cannot be reached, or refuses
 */
export async function connectRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { address } = options;
  if (address.kind === 'cluster') return connectCluster(address, options);
  const connection = await connectServer(address, options);
  try {
    if (!(await isClusterNode(connection.client))) return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
  connection.close();
  return connectCluster(clusterOf(address), options);
}

async function isClusterNode(redis: Redis): Promise<boolean> {
  try {
    return /^cluster_enabled:1\r?$/m.test(await redis.info('cluster'));
  } catch (error) {
    // A user that may not ask is taken at the word of the address.
    if (error instanceof Error && error.message.startsWith('NOPERM')) return false;
    throw new LockUnavailable(`cannot reach Redis: ${String(error)}`, { cause: error });
  }
}

function clusterOf(address: RedisAddress): RedisClusterAddress {
  if (address.kind !== 'server' || !('host' in address.at)) {
    throw new LockUnavailable('Redis is a node of a cluster: name it by redis://host:port');
  }
  return { kind: 'cluster', nodes: [address.at], login: address.login, tls: address.tls };
}
