import { Redis } from 'ioredis';
import { LockUnavailable } from '../port.ts';

export interface RedisConnectionOptions {
  /** `redis://…` or `rediss://…` */
  readonly url: string;
  /** How long Redis may be silent while commands wait; then all of them fail, and the connection is made anew. */
  readonly patienceMs?: number;
  /** Called with one line whenever the connection fails or cannot be made again. */
  readonly onTrouble?: (message: string) => void;
}

/**
 * A connection for the lock. While Redis is away commands fail at once: nothing queues up to run later.
 * @throws LockUnavailable when Redis cannot be reached at start
 */
export async function connectRedis({
  url,
  patienceMs = 2_000,
  onTrouble = () => {},
}: RedisConnectionOptions): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // One timer for the connection; a timer for each command costs as much as sending it.
    socketTimeout: patienceMs,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  let trouble = '';
  redis.on('error', (error: Error) => {
    trouble = error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
    onTrouble(trouble);
  });
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    const reason = trouble || (error instanceof Error ? error.message : String(error));
    throw new LockUnavailable(`cannot reach Redis: ${reason}`, { cause: error });
  }
}
