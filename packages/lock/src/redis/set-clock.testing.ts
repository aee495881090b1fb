import type { Instant } from '@watchledger/rules';
import { Cluster, type Redis } from 'ioredis';

/** One on each primary of a cluster, each in a third of the slots; a single server knows the first. */
const KEYS = ['test:now:{3}', 'test:now:{1}', 'test:now:{0}'];

/** A clock for the scripts that a test sets; all connections to one Redis share it. */
export const setClockLua = `
local function clock()
  for _, key in ipairs({ ${KEYS.map((key) => `'${key}'`).join(', ')} }) do
    local now = redis.pcall('GET', key)
    if type(now) == 'string' then return tonumber(now) end
  end
end
`;

export async function setClock(client: Redis | Cluster, now: Instant): Promise<void> {
  const keys = client instanceof Cluster ? KEYS : KEYS.slice(0, 1);
  await Promise.all(keys.map((key) => client.set(key, now)));
}
