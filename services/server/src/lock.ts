import {
  connectRedis,
  createLocalLock,
  createRedisLock,
  type LockTerms,
  type ViewingLock,
} from '@watchledger/lock';
import type { Calendar } from '@watchledger/rules';
import type { Logger } from 'pino';
import type { Closing } from './closing.ts';

export interface LockOptions {
  /** Null: the locks live in this process. */
  readonly redisUrl: string | null;
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  readonly log: Logger;
}

export async function openLock(
  { redisUrl, calendar, terms, log }: LockOptions,
  closing: Closing,
): Promise<ViewingLock> {
  if (redisUrl === null) return createLocalLock({ calendar, terms });
  const redis = await connectRedis({
    url: redisUrl,
    onTrouble: (message) => log.warn(`Redis: ${message}`),
  });
  const lock = createRedisLock({ redis, calendar, terms });
  closing.add(() => lock.close());
  return lock;
}
