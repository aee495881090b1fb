import type { LearnerId } from '@watchledger/rules';
import type { Cluster, Redis } from 'ioredis';
import { rowKey } from './keys.ts';

/** For tests: the rows that the lock in Redis keeps, to take away or bring back. */
export function rowsIn(client: Redis | Cluster) {
  return {
    read: (learnerId: LearnerId): Promise<string | null> => client.get(rowKey(learnerId)),
    write: async (learnerId: LearnerId, row: string): Promise<void> =>
      void (await client.set(rowKey(learnerId), row)),
    forget: async (learnerId: LearnerId): Promise<void> => void (await client.del(rowKey(learnerId))),
  };
}
