import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CreditsRow, Page } from '@watchledger/contract';
import { startPostgresServer } from '@watchledger/ledger/testing/postgres';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  api,
  fileOf,
  runCommand,
  sharedPostgres,
  startChild,
  startRedis,
  startService,
  type TestService,
  temporaryFolder,
} from '../harness/index.ts';
import { makeLargeLedger } from '../moving/large-ledger.ts';
import { pageOf, shortPolicy } from '../viewing/site.ts';

const secret = 'the secret of the tests, which nobody else uses';

const newDatabase = async () => (await sharedPostgres()).createDatabase();
const newFile = () => `file:${join(temporaryFolder(), 'ledger.db')}`;

async function moved(from: string, to: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(['move', '--from', from, '--to', to, ...options]);
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

/** What a move that must not begin says. */
async function refusal(from: string, to: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand(['move', '--from', from, '--to', to]);
  expect([code, stdout], stderr).toEqual([1, '']);
  const [line, ...more] = stderr.trimEnd().split('\n');
  expect(more).toEqual([]);
  return line ?? '';
}

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

const as = (service: TestService, sub: string, scope: string) =>
  api(service.url, service.token({ sub, scope }));

async function creditsOfAll(service: TestService): Promise<CreditsRow[]> {
  const { status, body } = await as(service, 'office', 'credits:read').get<Page<CreditsRow>>(
    '/v1/credits?limit=200',
  );
  expect(status).toBe(200);
  return body.items;
}

test('credits are the same in PostgreSQL and back in SQLite, and an open viewing goes on', async () => {
  const service = await startService({ policy: shortPolicy });
  const admin = as(service, 'admin', 'admin');
  for (const id of ['cw-1', 'cw-2'])
    await admin.put(`/v1/courseware/${id}`, { title: id, kind: 'video', limitSeconds: 1 });
  const page = (learner: string) => pageOf(learner, as(service, learner, 'watch'));
  const open = await page('u3').watch('cw-2');
  for (const learner of ['u1', 'u2']) {
    const viewing = await page(learner).watch('cw-1');
    await viewing.play(1_200);
    await viewing.end();
  }
  await open.beat(1_000);
  const before = await creditsOfAll(service);
  expect(before.map(({ learnerId }) => learnerId)).toEqual(['u1', 'u2', 'u3']);
  expect(before[0]?.online).toMatchObject({ watchedSeconds: 1, creditedSeconds: 1 });
  await service.stop();

  const url = await newDatabase();
  const report = await moved(service.databaseUrl, url);
  expect(report).toMatch(/^learners 3, sessions 3, session-days 3\n/);
  expect(report).toMatch(/\n3 learners compared one by one: equal\nchecksum of all ([0-9a-f]{64}) = \1\n/);
  expect(report).toMatch(/DATABASE_URL as it was given to --to/);

  const redis = await startRedis();
  const env = { DATABASE_URL: url, REDIS_URL: redis.url, AUTH_SECRET: secret };
  const many = await startService({ policy: shortPolicy, env });
  expect(await creditsOfAll(many)).toEqual(before);
  const goesOn = await as(many, 'u3', 'watch').post(`/v1/sessions/${open.session.sessionId}/heartbeats`, {
    watchedMs: 1_200,
    state: 'playing',
  });
  expect(goesOn).toMatchObject({ status: 200 });
  const later = await creditsOfAll(many);
  expect(await refusal(url, newFile())).toMatch(/^watchledger: --from: another process is using it/);
  await many.stop();

  const back = newFile();
  await moved(url, back);
  await moved(url, back, '--verify');
  const again = await startService({ policy: shortPolicy, env: { DATABASE_URL: back } });
  expect(await creditsOfAll(again)).toEqual(later);
});

test('a process that a move has come past acknowledges nothing any more, and says why', async () => {
  const redis = await startRedis();
  const url = await newDatabase();
  const env = { DATABASE_URL: url, REDIS_URL: redis.url, AUTH_SECRET: secret };
  const service = await startService({ policy: shortPolicy, env });
  await as(service, 'admin', 'admin').put('/v1/courseware/cw-1', {
    title: 'x',
    kind: 'video',
    limitSeconds: 60,
  });
  const viewing = await pageOf('u1', as(service, 'u1', 'watch')).watch('cw-1');
  const mover = new pg.Client({ connectionString: url });
  await mover.connect();
  try {
    const owned = mover.query('select pg_advisory_lock(7041003)');
    await query(
      url,
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7041003 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    );
    await owned;
    await expect
      .poll(() => fetch(`${service.url}/readyz`).then((answer) => answer.text()), { timeout: 15_000 })
      .toMatch(/was taken by a move: restart this process where the ledger is now/);
  } finally {
    await mover.end();
  }
  const path = `/v1/sessions/${viewing.session.sessionId}/heartbeats`;
  const beat = await as(service, 'u1', 'watch').post(path, { watchedMs: 1_000, state: 'playing' });
  expect(beat.status).toBe(503);
  expect(await query(url, 'select watched_ms::int from sessions')).toEqual([0]);
});

test('killed in the middle, it leaves what nobody serves, and goes on from there', async () => {
  const from = newFile();
  const { learners, sessions, sessionDays } = makeLargeLedger(fileOf(from), 100_000);
  const url = await newDatabase();
  const program = fileURLToPath(new URL('../../services/server/bin/watchledger.js', import.meta.url));
  const child = startChild(process.execPath, [program, 'move', '--from', from, '--to', url]);
  await expect
    .poll(() => query(url, 'select count(*) > 0 from sessions').catch(() => [false]), {
      timeout: 60_000,
      interval: 20,
    })
    .toEqual([true]);
  await child.end('SIGKILL');
  const [there] = await query(url, 'select count(*)::int from sessions');
  expect(there).toBeLessThan(sessions);

  const redis = await startRedis();
  const start = await runCommand([], {
    PORT: '0',
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    AUTH_SECRET: secret,
  });
  expect(start).toMatchObject({ code: 1, stdout: '' });
  expect(start.stderr).toMatch(/^watchledger: DATABASE_URL: .*a move into it is not finished.*\n$/);

  const { code, stdout, stderr } = await runCommand(['move', '--from', from, '--to', url]);
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/^going on with the move that was broken off\n/);
  const grouped = (count: number) => count.toLocaleString('en-US');
  expect(stdout).toContain(
    `learners ${grouped(learners)}, sessions ${grouped(sessions)}, session-days ${grouped(sessionDays)}\n`,
  );
  expect(stdout).toMatch(/checksum of all ([0-9a-f]{64}) = \1\n/);
});

describe('two ledgers that should be equal', () => {
  test('stay so while the new one is served and asked for its readiness, as long as nobody watches', async () => {
    const old = await startService();
    await old.stop();
    const url = await newDatabase();
    await moved(old.databaseUrl, url);
    const redis = await startRedis();
    const service = await startService({
      env: { DATABASE_URL: url, REDIS_URL: redis.url, AUTH_SECRET: secret },
    });
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    await moved(old.databaseUrl, url, '--verify');
  });

  test('are compared while they are served; who differs is named', async () => {
    const from = newFile();
    makeLargeLedger(fileOf(from), 200);
    const url = await newDatabase();
    await moved(from, url);
    const redis = await startRedis();
    // In production: none of the demo's courseware, which would differ too.
    await startService({
      env: { DATABASE_URL: url, REDIS_URL: redis.url, AUTH_SECRET: secret, NODE_ENV: 'production' },
    });
    const [tampered] = await query(
      url,
      `update sessions set day_ms = day_ms - 1 where session_id = (select max(session_id::text)::uuid from sessions)
       returning learner_id`,
    );
    const { code, stdout, stderr } = await runCommand(['move', '--verify', '--from', from, '--to', url]);
    expect(code).toBe(1);
    expect(stdout).toContain(`\nlearner "${tampered}" has facts that differ\n`);
    expect(stdout).toMatch(/checksum of all [0-9a-f]{64} is not [0-9a-f]{64}\n/);
    expect(stderr).toMatch(/watchledger: The two ledgers differ\n$/);
  });
});

describe('a move that cannot be says why in one line, and nothing is written', () => {
  let ledger: string;
  let to: string;

  beforeAll(async () => {
    ledger = newFile();
    makeLargeLedger(fileOf(ledger), 100);
    to = await newDatabase();
  });
  afterAll(async () => {
    expect(
      await query(to, `select count(*)::int from pg_tables where tablename = 'unfinished_move'`),
    ).toEqual([0]);
  });

  test('a source that is not there', async () => {
    expect(await refusal(newFile(), to)).toMatch(/--from: there is no file .*ledger\.db$/);
    expect(await refusal('postgres://127.0.0.1:1/ledger', newFile())).toMatch(/--from: .*ECONNREFUSED/);
  });

  test('a source that is no ledger', async () => {
    const letter = join(temporaryFolder(), 'letter.txt');
    writeFileSync(letter, 'Dear Sir or Madam, this is no database at all.'.repeat(100));
    expect(await refusal(`file:${letter}`, to)).toMatch(/--from: .*this file is not a database$/);
    expect(await refusal(await newDatabase(), newFile())).toMatch(/--from: .*there is no ledger in it$/);
    const other = newFile();
    new Database(fileOf(other)).exec('create table letters (text)').close();
    expect(await refusal(other, to)).toMatch(/--from: .*belongs to another program$/);
  });

  test('a source of another release', async () => {
    const newer = newFile();
    makeLargeLedger(fileOf(newer), 10);
    const database = new Database(fileOf(newer));
    database.exec(`insert into __drizzle_migrations (hash, created_at) values ('later', 1)`).close();
    expect(await refusal(newer, to)).toMatch(/--from: .*a newer release .*; start that release$/);
  });

  test('a source that is being served', async () => {
    const service = await startService();
    expect(await refusal(service.databaseUrl, to)).toMatch(
      /--from: another process is using .*: stop every process/,
    );
  });

  test('a session id that is no UUID', async () => {
    const old = newFile();
    makeLargeLedger(fileOf(old), 10);
    const database = new Database(fileOf(old));
    database
      .exec(
        `update sessions set session_id = 'session-1' where session_id = (select min(session_id) from sessions)`,
      )
      .close();
    expect(await refusal(old, to)).toMatch(
      /--from: .*sessions "session-1": its session_id is no UUID in lower case$/,
    );
  });

  test('a target with facts of its own', async () => {
    const service = await startService();
    await service.stop();
    const url = await newDatabase();
    await moved(ledger, url);
    expect(await refusal(ledger, url)).toMatch(
      /--to: it holds facts already: give a database that is empty$/,
    );
    expect(await refusal(url, service.databaseUrl)).toMatch(/--to: it holds facts already/);
  });

  test('a wrong password, which is not told on', async () => {
    const server = await startPostgresServer({ password: 'the right one' });
    try {
      const url = server.url().replace('the%20right%20one', 'a-wrong-one');
      const line = await refusal(ledger, url);
      expect(line).toMatch(/--to: Cannot open the PostgreSQL database .*: user or password is wrong$/);
      expect(line).not.toContain('a-wrong-one');
    } finally {
      await server.close();
    }
  });

  test('two ends that are one, or of one kind', async () => {
    expect(await refusal(ledger, ledger)).toMatch(/--to is the same database as --from$/);
    expect(await refusal(ledger, newFile())).toMatch(
      /--to is of the same kind as --from: npm run backup copies/,
    );
    expect(await refusal(to, to)).toMatch(/--to is the same database as --from$/);
  });

  test('an end that is missing, or no address', async () => {
    const { stderr } = await runCommand(['move', '--from', ledger]);
    expect(stderr).toBe('watchledger: move needs --to <address>; see --help\n');
    expect(await refusal(ledger, 'mysql://x')).toMatch(/--to must be file:<path> or postgres:/);
    for (const line of [
      await refusal(ledger, 'postgres://wl:x/y@db.example.org/hours'),
      await refusal('postgres://wl:1/y@db.example.org/hours', ledger),
    ]) {
      expect(line).toMatch(/--(to|from) must be .*"postgres:\/\/…@db\.example\.org\/hours"; percent-encode/);
    }
  });
});
