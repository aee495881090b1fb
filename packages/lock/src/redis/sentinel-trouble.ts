import { Redis } from 'ioredis';
import type { RedisSentinelAddress } from './address.ts';
import { commonOptions, reasonOf } from './common-options.ts';
import type { RedisConnectionOptions } from './connection.ts';

/** ioredis keeps to itself why it could not talk to a Sentinel, so each is asked once more; '' if all now answer. */
export async function whyNoSentinel(
  { sentinels, sentinelLogin, name, tls }: RedisSentinelAddress,
  { certificates, patienceMs = 2_000 }: RedisConnectionOptions,
): Promise<string> {
  const reasons = await Promise.all(
    sentinels.map(async (at) => {
      const sentinel = new Redis({
        ...commonOptions({ login: sentinelLogin, tls }, { certificates, patienceMs }),
        ...at,
        enableReadyCheck: false,
        retryStrategy: null,
      });
      let trouble = '';
      sentinel.on('error', (error: Error) => {
        trouble = reasonOf(error);
      });
      try {
        await sentinel.connect();
        await sentinel.call('SENTINEL', 'SENTINELS', name);
      } catch (error) {
        return [`${at.host}:${at.port}: ${trouble || reasonOf(error)}`];
      } finally {
        sentinel.disconnect();
      }
      return [];
    }),
  );
  return reasons.flat().join('; ');
}
