import type { OpenedSession, Readiness } from '@watchledger/contract';
import { startPostgresServer } from '@watchledger/ledger/testing/postgres';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { api, fileOf, startPostgres, startRedis, startService, type TestService } from '../harness/index.ts';

async function readyz(service: TestService): Promise<{ status: number; text: string; failing: string[] }> {
  const answer = await fetch(`${service.url}/readyz`);
  const text = await answer.text();
  const { checks }: Readiness = JSON.parse(text);
  const failing = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail}`);
  return { status: answer.status, text, failing };
}

test('a database that takes no writes: strangers are told that, and the log why', async () => {
  const service = await startService();
  const other = new Database(fileOf(service.databaseUrl));
  other.exec('BEGIN IMMEDIATE');
  const { status, text, failing } = await readyz(service);
  other.close();
  expect([status, failing]).toEqual([503, ['database takes no writes']]);
  expect(text).not.toMatch(/sqlite|busy|locked/i);
  expect(service.logs()).toMatch(/warn {2}not ready: database takes no writes {2}.*busy/);
  await expect.poll(() => readyz(service), { timeout: 3_000 }).toMatchObject({ status: 200 });
});

test('a lock store that is away: strangers learn nothing of where it is', async () => {
  const redis = await startRedis();
  const service = await startService({ env: { REDIS_URL: redis.url } });
  await redis.stop();
  const { status, text, failing } = await readyz(service);
  expect([status, failing]).toEqual([
    503,
    ['lock does not answer', 'clock cannot be told while the lock store is away'],
  ]);
  expect(text).not.toMatch(/redis|127\.0\.0\.1|ECONN/i);
  expect(service.logs()).toContain('not ready: lock does not answer');
});

test('a PostgreSQL that is away: each check says what it knows, heartbeats are told to come again, and all heals', async () => {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const service = await startService({
    env: { DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url },
  });
  const heartbeat = await watching(service);
  expect(await heartbeat()).toMatchObject({ status: 200 });

  await postgres.stop();
  await expect
    .poll(() => readyz(service), { timeout: 10_000 })
    .toMatchObject({
      status: 503,
      failing: [
        'database takes no writes',
        'policy cannot be told while the database is away',
        'clock cannot be told while the database is away',
      ],
      text: expect.not.stringMatching(/postgres|127\.0\.0\.1|ECONN/i),
    });
  expect(await heartbeat()).toEqual({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
  const warnings = service
    .logs()
    .split('\n')
    .filter((line) => line.includes('not ready: '));
  expect(warnings).toContainEqual(expect.stringMatching(/not ready: policy cannot be told .*"reason":".+"/));
  expect(service.logs()).not.toMatch(/not ready: .*\n.*\n?\s+at /);

  await postgres.start();
  await expect.poll(() => readyz(service), { timeout: 20_000 }).toMatchObject({ status: 200, failing: [] });
  await expect.poll(heartbeat, { timeout: 10_000 }).toMatchObject({ status: 200 });
});

test('a replica for exports that is away: heartbeats go on, exports are told to come again, and all heals', async () => {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const DATABASE_URL = await postgres.createDatabase();
  const replica = await startPostgresServer({ replicaOf: postgres });
  onTestFinished(() => replica.close());
  const DATABASE_REPLICA_URL = replica.url(new URL(DATABASE_URL).pathname.slice(1));
  const service = await startService({ env: { DATABASE_URL, DATABASE_REPLICA_URL, REDIS_URL: redis.url } });
  const heartbeat = await watching(service);
  const reader = api(service.url, service.token({ sub: 'lms', scope: 'credits:read' }));
  const exports = async () => {
    const { status, headers } = await reader.get('/v1/credits');
    return { status, retryAfter: headers.get('Retry-After') };
  };
  await expect.poll(exports, { timeout: 10_000 }).toEqual({ status: 200, retryAfter: null });

  await replica.stop();
  await expect
    .poll(() => readyz(service), { timeout: 10_000 })
    .toMatchObject({
      status: 200,
      text: expect.stringContaining('"status":"degraded"'),
      failing: ['exports are away: their replica does not answer'],
    });
  expect(await exports()).toEqual({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
  expect(await heartbeat()).toMatchObject({ status: 200 });

  await replica.start();
  await expect.poll(() => readyz(service), { timeout: 20_000 }).toMatchObject({ status: 200, failing: [] });
  await expect.poll(exports, { timeout: 10_000 }).toMatchObject({ status: 200 });
});

/** One learner watches; each call is a heartbeat more. */
async function watching(service: TestService) {
  const caller = api(service.url, service.token({ sub: 'u1', scope: 'watch' }));
  const { status, body } = await caller.post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video' });
  expect(status).toBe(201);
  return async () => {
    const sums = { watchedMs: 1, state: 'playing', position: 0 };
    const answer = await caller.post(`/v1/sessions/${body.sessionId}/heartbeats`, sums);
    return { status: answer.status, retryAfter: answer.headers.get('Retry-After') };
  };
}

test('a machine whose clock is half a second ahead of Redis goes on working, and says that it is degraded', async () => {
  const redis = await startRedis();
  const shiftedClock = new URL('../attacks/shifted-clock.ts', import.meta.url);
  const service = await startService({
    env: { REDIS_URL: redis.url, NODE_OPTIONS: `--import=${shiftedClock}`, CLOCK_SHIFT_MS: '500' },
  });
  // On a busy machine an answer may be too slow to be certain of the difference.
  await expect
    .poll(() => readyz(service), { timeout: 20_000, interval: 1_000 })
    .toMatchObject({
      status: 200,
      failing: ['clock differs by more than 250 ms between the machines'],
      text: expect.stringContaining('"status":"degraded"'),
    });
  expect(service.logs()).toMatch(/degraded: clock differs .*\n.*differs by (2[5-9]\d|[34]\d\d|50\d) ms/);
});

test('a clock that went back is seen by what is stored', async () => {
  const service = await startService();
  await service.stop();
  const database = new Database(fileOf(service.databaseUrl));
  const inTwoMinutes = Date.now() + 120_000;
  database
    .prepare(
      `insert into sessions (session_id, learner_id, courseware_id, end_token_hash, opened_at, last_report_at,
       grew_at, watched_ms, forfeited_ms, day, day_ms, state)
       values ('0199', 'u1', 'demo-video', '', @at, @at, @at, 0, 0, 1, 0, 'playing')`,
    )
    .run({ at: inTwoMinutes });
  database.close();
  await service.restart();
  expect((await readyz(service)).failing).toEqual(['clock cannot be trusted']);
  expect(service.logs()).toMatch(/a stored report lies 1\d{5} ms in the future/);
});
