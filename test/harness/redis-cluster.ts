import { type RedisCluster, startRedisCluster as start } from '@watchledger/lock/testing/redis-cluster';
import { leaveForCleanup } from './cleanup.ts';
import { locate, redisServer } from './programs.ts';

/** A real Redis Cluster of the test's own: three primaries, each with a replica. */
export type TestRedisCluster = RedisCluster;

export async function startRedisCluster(): Promise<TestRedisCluster> {
  const cluster = await start({ program: locate(redisServer) });
  leaveForCleanup({ undo: () => cluster.close(), atOnce: () => cluster.closeAtOnce() });
  return cluster;
}
