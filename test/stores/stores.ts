import { join } from 'node:path';
import { sharedPostgres, startRedis, type TestRedis, temporaryFolder } from '../harness/index.ts';
import { kindOfThisRun, type StoreKind } from './kinds.ts';

/** Stores of a test's own, empty, and gone when it ends. */
export interface Stores {
  readonly kind: StoreKind;
  /** What a process is told of them: DATABASE_URL and, where locks are shared, REDIS_URL. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the locks are; null: in the process. */
  readonly redis: TestRedis | null;
}

export async function startStores(kind: StoreKind = kindOfThisRun()): Promise<Stores> {
  const databaseUrl =
    kind === 'postgres-redis'
      ? await (await sharedPostgres()).createDatabase()
      : `file:${join(temporaryFolder(), 'watchledger.db')}`;
  const redis = kind === 'sqlite-local' ? null : await startRedis();
  const env = { DATABASE_URL: databaseUrl, ...(redis === null ? {} : { REDIS_URL: redis.url }) };
  return { kind, env, redis };
}
