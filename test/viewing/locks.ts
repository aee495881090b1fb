import { startRedis } from '../harness/index.ts';

/** What a lock decides is tried on both of them. */
export const locks = ['local', 'redis'] as const;

/** The environment of a service with this lock. */
export async function lockOf(kind: (typeof locks)[number]): Promise<Record<string, string>> {
  return kind === 'redis' ? { REDIS_URL: (await startRedis()).url } : {};
}
