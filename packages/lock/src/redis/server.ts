import { Redis, type RedisOptions } from 'ioredis';
import { LockUnavailable } from '../port.ts';
import type { RedisCertificates, RedisSentinelAddress, RedisServerAddress } from './address.ts';
import { commonOptions, reasonOf } from './common-options.ts';
import type { RedisConnection, RedisConnectionOptions } from './connection.ts';
import { replicasOf } from './sentinel-replicas.ts';
import { whyNoSentinel } from './sentinel-trouble.ts';

type Address = RedisServerAddress | RedisSentinelAddress;

/** The one server, or the primary that the Sentinels name; whoever that is is asked anew at each connection. */
export async function connectServer(
  address: Address,
  options: RedisConnectionOptions,
): Promise<RedisConnection & { readonly client: Redis }> {
  const { certificates, patienceMs = 2_000, onTrouble = () => {} } = options;
  let started = false;
  const redis = new Redis({
    ...commonOptions(address, { certificates, patienceMs }),
    ...whereabouts(address, { certificates, patienceMs, started: () => started }),
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
  try {
    await redis.connect();
    await redis.ping();
    // A database that cannot be selected would silently be another one.
    if (trouble !== '') throw new Error(trouble);
  } catch (error) {
    redis.disconnect();
    const unheard = address.kind === 'sentinel' && trouble.includes('sentinels are unreachable');
    const reason = (unheard && (await whyNoSentinel(address, options))) || trouble || reasonOf(error);
    throw new LockUnavailable(`cannot reach Redis: ${reason}`, { cause: error });
  }
  started = true;
  const nodes = new Map([[THE_ONLY, redis]]);
  return {
    client: redis,
    primaries: () => nodes,
    missing: () => [],
    replicas: () => (address.kind === 'sentinel' ? replicasOf(redis, address, options) : none),
    nodeOf: () => THE_ONLY,
    onReady: (listener) => void redis.on('ready', () => listener(THE_ONLY, redis)),
    onGone: () => {},
    demandService: async () => {},
    redirection: async () => null,
    lookAgain: () => {},
    close: () => redis.disconnect(),
  };
}

const THE_ONLY = 'primary';
/** Of a server without Sentinels nobody promotes a replica. */
const none = Promise.resolve({ nodes: new Map(), close: () => {} });

interface Circumstances {
  readonly certificates: RedisCertificates | undefined;
  readonly patienceMs: number;
  readonly started: () => boolean;
}

function whereabouts(address: Address, { certificates, patienceMs, started }: Circumstances) {
  if (address.kind === 'server') return { ...address.at } satisfies RedisOptions;
  const { sentinels, sentinelLogin, name, tls } = address;
  return {
    sentinels: [...sentinels],
    name,
    sentinelUsername: sentinelLogin.user ?? '',
    sentinelPassword: sentinelLogin.password ?? '',
    sentinelCommandTimeout: patienceMs,
    enableTLSForSentinelMode: tls,
    ...(tls ? { sentinelTLS: { ...certificates } } : {}),
    // A start fails at once; later on Redis is waited for.
    sentinelRetryStrategy: (attempt: number) => (started() ? Math.min(50 * attempt, 1_000) : null),
  } satisfies RedisOptions;
}
