import { Redis } from 'ioredis';
import type { RedisSentinelAddress } from './address.ts';
import { commonOptions } from './common-options.ts';
import type { RedisConnectionOptions, Replicas } from './connection.ts';

/** The replicas that a primary tells of, as far as they can be reached from here with the primary's own login. */
export async function replicasOf(
  primary: Redis,
  address: RedisSentinelAddress,
  { certificates, patienceMs = 2_000 }: RedisConnectionOptions,
): Promise<Replicas> {
  // A user that may not ask learns of none.
  const info = await primary.info('replication').catch(() => '');
  const nodes = new Map<string, Redis>();
  await Promise.all(
    [...info.matchAll(/^slave\d+:ip=([^,\s]+),port=(\d+)/gm)].map(async ([, host = '', port = '']) => {
      const replica = new Redis({
        ...commonOptions(address, { certificates, patienceMs }),
        host,
        port: Number(port),
        connectTimeout: patienceMs,
        retryStrategy: null,
      });
      replica.on('error', () => {});
      const reached = await replica.connect().then(
        () => true,
        () => false,
      );
      if (reached) nodes.set(`${host}:${port}`, replica);
      else replica.disconnect();
    }),
  );
  return {
    nodes,
    close: () => {
      for (const replica of nodes.values()) replica.disconnect();
    },
  };
}
