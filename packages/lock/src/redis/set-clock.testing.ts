import type { Instant } from '@watchledger/rules';
import type { Redis } from 'ioredis';

const KEY = 'test:now';

/** A clock for the scripts that a test sets; all connections to one server share it. */
export const setClockLua = `
local function clock()
  return tonumber(redis.call('GET', '${KEY}'))
end
`;

export async function setClock(redis: Redis, now: Instant): Promise<void> {
  await redis.set(KEY, now);
}
