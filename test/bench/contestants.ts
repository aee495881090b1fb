import type { OpenedSession } from '@watchledger/contract';
import {
  api,
  freePort,
  mintToken,
  startChild,
  startPostgres,
  startRedis,
  startService,
} from '../harness/index.ts';
import type { Viewer } from './load.ts';

/** Something that answers heartbeats, and the processes whose CPU it costs. */
export interface Contestant {
  readonly name: string;
  readonly pid: number;
  readonly redisPid: number | null;
  /** PostgreSQL's first process. */
  readonly postgresPid: number | null;
  readonly viewers: readonly Viewer[];
}

const CONNECTIONS = 64;
const learners = Array.from({ length: CONNECTIONS }, (_, index) => `learner-${index}`);

/** The product with every part in one process: local lock, SQLite. */
export async function embedded(): Promise<Contestant & { readonly sample: OpenedSession }> {
  const service = await startService({ env: { NODE_ENV: 'production' } });
  const { viewers, sample } = await openEach(service);
  return {
    name: 'WatchLedger (local lock, SQLite)',
    pid: service.pid,
    redisPid: null,
    postgresPid: null,
    viewers,
    sample,
  };
}

/** The product with its lock in Redis. */
export async function withRedis(): Promise<Contestant> {
  const redis = await startRedis();
  const service = await startService({ env: { NODE_ENV: 'production', REDIS_URL: redis.url } });
  const { viewers } = await openEach(service);
  return {
    name: 'WatchLedger (Redis lock, SQLite)',
    pid: service.pid,
    redisPid: redis.pid,
    postgresPid: null,
    viewers,
  };
}

/** The product as it runs on many machines: its lock in Redis, its facts in PostgreSQL. */
export async function withPostgres(): Promise<Contestant> {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  const env = { DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url };
  const service = await startService({ env: { NODE_ENV: 'production', ...env } });
  const { viewers } = await openEach(service);
  const name = 'WatchLedger (Redis lock, PostgreSQL)';
  return { name, pid: service.pid, redisPid: redis.pid, postgresPid: postgres.pid, viewers };
}

/** A bare Hono JSON echo. */
export const echoFloor = (answer: object) => floor('Hono JSON echo', 'echo-floor.ts', answer, null);

/** A bare Hono JSON echo with one EVALSHA. */
export async function redisFloor(answer: object): Promise<Contestant> {
  const redis = await startRedis();
  return floor('Hono JSON echo + one EVALSHA', 'redis-floor.ts', answer, redis);
}

async function floor(
  name: string,
  file: string,
  answer: object,
  redis: { readonly url: string; readonly pid: number } | null,
): Promise<Contestant> {
  const port = await freePort();
  const program = new URL(`./${file}`, import.meta.url).pathname;
  const env = {
    PORT: String(port),
    NODE_ENV: 'production',
    BENCH_ANSWER: JSON.stringify(answer),
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
  };
  const child = startChild(process.execPath, [program], { env });
  await untilHealthy(`http://127.0.0.1:${port}/healthz`);
  const token = mintToken('a secret that the floor does not check at all', { sub: 'any', scope: 'watch' });
  const path = '/v1/sessions/01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11/heartbeats';
  const viewers = learners.map(() => ({ port, path, token }));
  return { name, pid: child.pid, redisPid: redis?.pid ?? null, postgresPid: null, viewers };
}

async function openEach(service: Awaited<ReturnType<typeof startService>>) {
  const admin = api(service.url, service.token({ sub: 'bench', scope: 'courseware:write' }));
  await admin.put('/v1/courseware/bench', { title: 'Bench', kind: 'video', limitSeconds: 7_200 });
  const opened = await Promise.all(
    learners.map(async (sub) => {
      const token = service.token({ sub, scope: 'watch' });
      const body = { coursewareId: 'bench', clientId: 'tab' };
      const { body: session } = await api(service.url, token).post<OpenedSession>('/v1/sessions', body);
      const path = `/v1/sessions/${session.sessionId}/heartbeats`;
      return { viewer: { port: service.port, path, token }, session };
    }),
  );
  const [first] = opened;
  if (first === undefined) throw new Error('nobody is watching');
  return { viewers: opened.map(({ viewer }) => viewer), sample: first.session };
}

async function untilHealthy(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const healthy = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}
