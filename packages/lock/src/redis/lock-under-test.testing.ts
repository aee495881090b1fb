import { type Calendar, instant } from '@watchledger/rules';
import type { LockUnderTest } from '../lock.contract.ts';
import type { LockTerms } from '../protocol.ts';
import { connectRedis, type RedisConnection, type RedisConnectionOptions } from './connection.ts';
import { rowKey } from './keys.ts';
import { createRedisLock } from './lock.ts';
import { setClock, setClockLua } from './set-clock.testing.ts';

/** The lock as four processes reach it, on an emptied Redis whose clock the test sets. */
export async function startLockUnderTest(
  given: { calendar: Calendar; terms: LockTerms },
  options: RedisConnectionOptions,
): Promise<LockUnderTest> {
  let now = instant(0);
  const connect = async () => {
    const redis = await connectRedis(options);
    const lock = createRedisLock({ ...given, redis, clockLua: setClockLua, wallClock: () => now });
    return { redis, lock };
  };
  const { redis, lock } = await connect();
  const others = await Promise.all([connect(), connect(), connect()]);
  const peers = [lock, ...others.map((other) => other.lock)];
  await empty(redis);
  return {
    lock,
    peers,
    setNow: async (moment) => {
      now = moment;
      await setClock(redis.client, moment);
    },
    forget: async (learnerId) => void (await redis.client.del(rowKey(learnerId))),
    close: async () => void (await Promise.all(peers.map((each) => each.close()))),
  };
}

async function empty({ primaries }: RedisConnection): Promise<void> {
  await Promise.all([...primaries().values()].map((node) => node.flushall()));
}
