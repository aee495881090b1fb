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
import { everySoOften } from './outage-log.ts';

export interface LockOptions {
  /** Null: the locks live in this process. */
  readonly redisUrl: string | null;
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  readonly log: Logger;
}

/** How long a heartbeat waits for Redis before its page is told to come again. */
const patienceMs = 2_000;

/** Connects to where the locks live. Throws `LockUnavailable`. */
export async function openLock(options: LockOptions, closing: Closing): Promise<ViewingLock> {
  const { redisUrl, calendar, terms, log } = options;
  if (redisUrl === null) return createLocalLock({ calendar, terms });
  // Until it is connected, the start itself says what is wrong.
  let connected = false;
  const warn = everySoOften((fields: { readonly detail: string }, message) => log.warn(fields, message));
  const redis = await connectRedis({
    url: redisUrl,
    patienceMs,
    onTrouble: (message) => {
      if (connected) warn({ detail: message }, 'Redis is in trouble');
    },
  });
  connected = true;
  const lock = createRedisLock({ redis, calendar, terms, patienceMs });
  closing.add(() => lock.close());
  // From now on it knows Redis's clock, and so until when each command may run.
  await lock.now();
  return lock;
}
