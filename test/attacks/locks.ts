import { startRedis } from '../harness/index.ts';

/** Each attack is played against both locks. */
export const locks = ['local', 'redis'] as const;

/** The environment of a service with this lock. */
export async function lockOf(kind: (typeof locks)[number]): Promise<Record<string, string>> {
  return kind === 'redis' ? { REDIS_URL: (await startRedis()).url } : {};
}
