import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgresServer } from '../testing/postgres-server.ts';
import { afterThisTest } from '../testing/temporary.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import { LedgerCannotOpen } from './problems.ts';

const password = 'a:pass/word@with everything';
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer({ password });
}, 60_000);
afterAll(() => server.close());

async function opened(options: PostgresOptions) {
  const database = await openPostgres(options);
  afterThisTest(() => database.close());
  return database;
}

async function refusal(options: PostgresOptions): Promise<string> {
  const error = await openPostgres(options).then(
    (database) => database.close(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LedgerCannotOpen)) throw error ?? new Error('it opened');
  expect(error.message).not.toContain('\n');
  expect(error.message).not.toContain('pass/word');
  return error.message;
}

/** Runs statements on a database by another way. */
async function on(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe('opening the database', () => {
  test('makes the tables, and again changes nothing', async () => {
    const url = await server.createDatabase();
    const { pool } = await opened({ url, migrate: true });
    await pool.query("insert into learners (learner_id, first_seen_at) values ('u1', 1)");
    const again = await opened({ url, migrate: true });
    const { rows } = await again.pool.query('select count(*)::int as n from __drizzle_migrations');
    expect(rows).toEqual([{ n: 1 }]);
    expect(again.warnings).toEqual([]);
  });

  test('several processes may start at once', async () => {
    const url = await server.createDatabase();
    const program = `
      const { openPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)});
      const database = await openPostgres({ url: ${JSON.stringify(url)}, migrate: true });
      const { rows } = await database.pool.query('select count(*)::int as n from __drizzle_migrations');
      console.log(rows[0].n);
      await database.close();`;
    const starts = Array.from({ length: 3 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]),
    );
    const answers = await Promise.all(starts);
    expect(answers.map(({ stdout }) => stdout.trim())).toEqual(['1', '1', '1']);
  }, 60_000);

  test('waits for a migration that takes longer than any heartbeat may', async () => {
    const url = await server.createDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7041002)');
    const opening = openPostgres({ url, migrate: true });
    await client.query('select pg_sleep(6)');
    await client.query('commit');
    await client.end();
    await (await opening).close();
  }, 30_000);

  test('64-bit integers stay numbers, and ids compare byte by byte in a database that sorts by language', async () => {
    const { pool, orm } = await opened({ url: await server.createDatabase(), migrate: true });
    const far = Number.MAX_SAFE_INTEGER;
    await pool.query(
      `insert into learners (learner_id, first_seen_at) values ('a', ${far}), ('B', 1), ('b', 2)`,
    );
    const { learners } = await import('../schema/postgres.ts');
    const { learnerId, firstSeenAt } = learners;
    const rows = await orm.select({ learnerId, firstSeenAt }).from(learners).orderBy(learnerId);
    expect(rows).toEqual([
      { learnerId: 'B', firstSeenAt: 1 },
      { learnerId: 'a', firstSeenAt: far },
      { learnerId: 'b', firstSeenAt: 2 },
    ]);
    await pool.query(`update learners set first_seen_at = ${far} + 1::bigint`);
    await expect(orm.select().from(learners)).rejects.toThrow();
  });
});

describe('a database that cannot be used is refused in one line', () => {
  test('a wrong password', async () => {
    const url = server.url().replace(encodeURIComponent(password), 'guessed');
    expect(await refusal({ url })).toMatch(
      /^Cannot open the PostgreSQL database 127\.0\.0\.1:\d+\/postgres: user or password is wrong$/,
    );
  });

  test('a database that is not there', async () => {
    expect(await refusal({ url: server.url('nowhere') })).toMatch(/\/nowhere: there is no such database/);
  });

  test('nobody at that address, and somebody who never answers', async () => {
    expect(await refusal({ url: 'postgres://u:pass%2Fword@127.0.0.1:1/x' })).toMatch(
      /127\.0\.0\.1:1\/x: .*ECONNREFUSED/,
    );
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    afterThisTest(() => silent.close());
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await refusal({ url: `postgres://127.0.0.1:${port}/x` })).toMatch(/timeout/);
  });

  test('TLS that the server does not speak', async () => {
    expect(await refusal({ url: `${server.url()}?sslmode=require` })).toMatch(/does not support SSL/);
  });

  test('one of another program', async () => {
    const url = await server.createDatabase();
    await on(url, 'create table recipes (name text)');
    expect(await refusal({ url, migrate: true })).toMatch(/belongs to another program$/);
  });

  test('one that a newer release has changed, or another version made', async () => {
    const url = await server.createDatabase();
    await opened({ url, migrate: true });
    await on(
      url,
      "insert into __drizzle_migrations (hash, created_at) values ('of the future', 9999999999999)",
    );
    expect(await refusal({ url, migrate: true })).toMatch(/newer release/);
    await on(url, "update __drizzle_migrations set hash = 'of another branch'");
    expect(await refusal({ url, migrate: true })).toMatch(/another version/);
  });

  test('a user who may not make tables', async () => {
    const url = await server.createDatabase();
    await on(url, "create role reader login password 'pw'");
    const asReader = new URL(url);
    asReader.username = 'reader';
    asReader.password = 'pw';
    expect(await refusal({ url: asReader.href, migrate: true })).toMatch(
      /this user may not do everything there: permission denied/,
    );
    await on(url, 'drop role reader');
  });

  test('settings that would lose what was acknowledged', async () => {
    const url = await server.createDatabase();
    await on(url, `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
    expect(await refusal({ url, migrate: true })).toMatch(/synchronous_commit is off.*set it to on$/);
  });
});
