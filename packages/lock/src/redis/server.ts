import { Redis, type RedisOptions } from 'ioredis';
import { LockUnavailable } from '../port.ts';
import type { RedisSentinelAddress, RedisServerAddress } from './address.ts';
import { commonOptions, reasonOf } from './common-options.ts';
import type { RedisConnection, RedisConnectionOptions } from './connection.ts';

type Address = RedisServerAddress | RedisSentinelAddress;

/** The one server, or the primary that the Sentinels name; whoever that is is asked anew at each connection. */
export async function connectServer(
  address: Address,
  options: RedisConnectionOptions,
): Promise<RedisConnection & { readonly client: Redis }> {
  const { patienceMs = 2_000, onTrouble = () => {} } = options;
  let started = false;
  const redis = new Redis({
    ...commonOptions(address, { ...options, patienceMs }),
    ...whereabouts(address, patienceMs, () => started),
    db: address.database,
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
    // A primary that became a replica: the connection is made anew, to whoever is the primary now.
    reconnectOnError: ({ message }) => message.includes('READONLY'),
  });
  let trouble = '';
  const inTrouble = (error: Error) => {
    trouble = reasonOf(error);
    onTrouble(trouble);
  };
  redis.on('error', inTrouble);
  redis.on('sentinelError', inTrouble);
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const reason = trouble || reasonOf(error);
    throw new LockUnavailable(`cannot reach Redis: ${reason}`, { cause: error });
  }
  started = true;
  const nodes = new Map([[THE_ONLY, redis]]);
  return {
    client: redis,
    primaries: () => nodes,
    nodeOf: () => THE_ONLY,
    onReady: (listener) => void redis.on('ready', () => listener(THE_ONLY, redis)),
    lookAgain: () => {},
    close: () => redis.disconnect(),
  };
}

const THE_ONLY = 'primary';

function whereabouts(address: Address, patienceMs: number, started: () => boolean) {
  if (address.kind === 'server') return { ...address.at } satisfies RedisOptions;
  const { sentinels, sentinelLogin, name, tls } = address;
  return {
    sentinels: [...sentinels],
    name,
    sentinelUsername: sentinelLogin.user ?? '',
    sentinelPassword: sentinelLogin.password ?? '',
    sentinelCommandTimeout: patienceMs,
    enableTLSForSentinelMode: tls,
    // A start fails at once; later on Redis is waited for.
    sentinelRetryStrategy: (attempt: number) => (started() ? Math.min(50 * attempt, 1_000) : null),
  } satisfies RedisOptions;
}
