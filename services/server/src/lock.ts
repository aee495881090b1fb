import { readFileSync } from 'node:fs';
import {
  connectRedis,
  createLocalLock,
  createRedisLock,
  inspectRedis,
  type LockTerms,
  LockUnavailable,
  type RedisCertificates,
  type RedisConnection,
  type RedisConnectionOptions,
  type ViewingLock,
} from '@watchledger/lock';
import type { Calendar } from '@watchledger/rules';
import type { Logger } from 'pino';
import type { Closing } from './closing.ts';
import type { RedisFiles, RedisSetting } from './configuration/redis.ts';
import { everySoOften } from './outage-log.ts';
import { redisFault } from './redis-fault.ts';
import { StartFault } from './start-fault.ts';

export interface LockOptions {
  /** Null: the locks live in this process. */
  readonly redis: RedisSetting | null;
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  readonly log: Logger;
}

/** How long a heartbeat waits for Redis before its page is told to come again. */
const patienceMs = 2_000;

/** Connects to where the locks live. Throws `StartFault`. */
export async function openLock(options: LockOptions, closing: Closing): Promise<ViewingLock> {
  const { redis: setting, calendar, terms, log } = options;
  if (setting === null) return createLocalLock({ calendar, terms });
  // Until it is connected, the start itself says what is wrong.
  let connected = false;
  const warn = everySoOften((fields: { readonly detail: string }, message) => log.warn(fields, message));
  const redis = await reached({
    address: setting.address,
    certificates: certificatesIn(setting.files),
    patienceMs,
    onTrouble: (message) => {
      if (connected) warn({ detail: message }, 'Redis is in trouble');
    },
  });
  closing.add(() => redis.close());
  await suits(redis, log);
  connected = true;
  const lock = createRedisLock({ redis, calendar, terms, patienceMs });
  // From now on it knows Redis's clocks, and so until when each command may run.
  await lock.health();
  return lock;
}

async function reached(options: RedisConnectionOptions): Promise<RedisConnection> {
  try {
    return await connectRedis(options);
  } catch (error) {
    if (!(error instanceof LockUnavailable)) throw error;
    throw new StartFault(`REDIS_URL: ${redisFault(error.message)}`);
  }
}

/** Refuses a Redis that would lose locks without a word, and says what should be set. */
async function suits(redis: RedisConnection, log: Logger): Promise<void> {
  const { faults, warnings } = await inspectRedis(redis);
  if (faults.length > 0) throw new StartFault(...faults.map((fault) => `REDIS_URL: ${fault}`));
  for (const warning of warnings) log.warn(`REDIS_URL: ${warning}`);
}

function certificatesIn({ ca, cert, key }: RedisFiles): RedisCertificates {
  return {
    ...(ca === null ? {} : { ca: textOf('REDIS_CA_FILE', ca) }),
    ...(cert === null ? {} : { cert: textOf('REDIS_CERT_FILE', cert) }),
    ...(key === null ? {} : { key: textOf('REDIS_KEY_FILE', key) }),
  };
}

function textOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartFault(`${variable} ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
