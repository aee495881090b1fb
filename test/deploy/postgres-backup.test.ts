import { execFile } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgresServer } from '@watchledger/ledger/testing/postgres';
import { postgresPrograms, postgresUser } from '@watchledger/ledger/testing/postgres-programs';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { leaveForCleanup } from '../harness/cleanup.ts';
import { freePort, sharedPostgres, temporaryFolder } from '../harness/index.ts';
import { commandsOf } from './guide.ts';

const run = promisify(execFile);

/** A folder for whoever may run PostgreSQL. */
function folderOfPostgres(): string {
  const folder = temporaryFolder();
  const user = postgresUser();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o755);
  return folder;
}

/** Types what the guide says, as the user who runs PostgreSQL. */
async function type(commands: string, cwd: string, env: Record<string, string>): Promise<void> {
  await run('sh', ['-euc', commands], {
    cwd,
    env: { LC_ALL: 'C', ...env, PATH: `${postgresPrograms()}:${process.env.PATH}` },
    ...postgresUser(),
  });
}

async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const ledgerSchema = readMigrationFiles({
  migrationsFolder: new URL('../../packages/ledger/migrations/postgres', import.meta.url).pathname,
}).flatMap(({ sql }) => sql);

/** Rows in every table of the ledger, with the widest numbers and the strangest texts that it takes. */
const rows = [
  `insert into learners select 'u' || n, n from generate_series(1, 500) n`,
  `insert into courseware values ('cw-1', '安全 "培训" \\ '' é', 'video', 9007199254740991, null, null, true, null, 1, 0, 0)`,
  `insert into sessions select gen_random_uuid(), 'u' || n, 'cw-1', null, 'hash', 0, 7200000, 7200000, 3600000 + n, 5,
    20000, n, 'playing', case when n % 2 = 0 then 7200000 end, case when n % 2 = 0 then 'ended' end, n
    from generate_series(1, 500) n`,
  `insert into session_turns select session_id, 2, 1, 0, 0, 'playing', 'paused' from sessions limit 1`,
  `insert into coverage values ('u1', 'cw-1', '[[0, 9007199254740991]]', 7, 8)`,
  `insert into session_days select session_id, 19999, 3600000 from sessions`,
  `insert into organisations values ('imr', '金属研究所', 1, 0, 0)`,
  `insert into activities (activity_id, learner_id, category, title, from_day, to_day, declared_ms, evidence, state, granted_ms,
    version, created_at, updated_at) values (gen_random_uuid(), 'u1', 'offline', '外部"培训', 1, 2, 9007199254740991,
    '[{ "url": "https://a/" }]', 'approved', 0, 1, 0, 0)`,
  `insert into evidence_files values (gen_random_uuid(), 'u1', '证书.pdf', 'application/pdf', 9, 'sum', 0)`,
  `insert into trainings (training_id, title, kind, form, category, organiser, place, online_ms, offline_ms, starts_at, ends_at,
    end_day, courseware_ids, version, created_at, updated_at) values ('t-1', '讲座', 'training', '混合培训', '其他', '所', '沈阳',
    1, 2, 3, 4, 0, '["cw-1"]', 1, 0, 0)`,
  `insert into enrolments (training_id, learner_id, state, enrolled_at, updated_at) values ('t-1', 'u1', 'confirmed', 0, 0)`,
  `insert into exams values ('e-1', 'u1', '考试', 0, true, 8850, 0)`,
  `insert into closed_years values (2016, 1, 'hq', 'attempt', 9, '{ "goal": 1 }', 1, 'sum')`,
  `insert into frozen_credits values (2016, 'u1', '{ "credited": { "online": 1 } }')`,
  `insert into policies (in_force_from, policy) values (0, '{ "goal": "100h" }')`,
  `insert into notices_read values ('u1', 5)`,
  `insert into revisions values ('facts', 9007199254740991)`,
  `insert into audit (sequence, seal, at, actor, action, subject_kind, subject_id, changes, reason)
    values (1, 'sealed', 0, 'admin-1', 'limit', 'courseware', 'cw-1', '{ "from": 1, "to": 2 }', null)`,
];

async function fill(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const statement of [...ledgerSchema, ...rows]) await client.query(statement);
  });
}

/** Every row of every table, as text. */
function contentOf(url: string): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by name`,
    );
    const content: Record<string, string[]> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  });
}

/** Its tables, indexes, constraints and triggers as SQL. */
async function schemaOf(url: string): Promise<string[]> {
  const { stdout } = await run(join(postgresPrograms(), 'pg_dump'), ['--schema-only', '--no-owner', url]);
  return stdout.split('\n').filter((line) => !/^\\(un)?restrict /.test(line));
}

test('a dump of the guide brings every row, index and trigger back', async () => {
  const url = await (await sharedPostgres()).createDatabase();
  await fill(url);
  const folder = folderOfPostgres();
  await type(commandsOf('dump'), folder, { DATABASE_URL: url });
  await type(commandsOf('restore-dump'), folder, { DATABASE_URL: url });
  const restored = url.replace(/[^/]*$/, 'watchledger_restored');
  const content = await contentOf(url);
  expect(
    Object.values(content)
      .map(({ length }) => length)
      .sort(),
  ).toEqual([...Array(15).fill(1), 500, 500, 500]);
  expect(await contentOf(restored)).toEqual(content);
  expect(await schemaOf(restored)).toEqual(await schemaOf(url));
});

/** A server that was started by the guide's commands rather than by the harness. */
function stopLater(dataFolder: string): void {
  const running = () => existsSync(join(dataFolder, 'postmaster.pid'));
  const stop = () => {
    if (!running()) return;
    const [pid] = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n', 1);
    process.kill(Number(pid), 'SIGINT');
  };
  const undo = async () => {
    stop();
    await vi.waitUntil(() => !running(), { timeout: 20_000 });
  };
  leaveForCleanup({ undo, atOnce: stop });
}

test('base backup and archive of the guide bring back the moment that is asked for', async () => {
  const backups = folderOfPostgres();
  const here = (text: string) =>
    text.replaceAll('/var/backups/watchledger', backups).replaceAll('/var/lib/postgresql', backups);
  mkdirSync(join(backups, 'wal'), { mode: 0o777 });
  chmodSync(join(backups, 'wal'), 0o777);
  const settings = Object.fromEntries(
    here(commandsOf('archive'))
      .trim()
      .split('\n')
      .map((line) => {
        const [, name = '', value = ''] = line.match(/^(\w+) = '?(.*?)'?$/) ?? [];
        return [name, value];
      }),
  );
  const server = await startPostgresServer({ settings });
  leaveForCleanup({ undo: () => server.close(), atOnce: () => server.kill() });
  const url = await server.createDatabase();
  await fill(url);

  // Where the recovered server is reached; on a machine of its own that is the same as before.
  const port = await freePort();
  const address = {
    port,
    max_connections: 200,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: backups,
  };
  for (const [name, value] of Object.entries(address)) {
    appendFileSync(join(server.dataFolder, 'postgresql.conf'), `${name} = '${value}'\n`);
  }
  await type(here(commandsOf('base-backup')), backups, { DATABASE_URL: url });

  const wanted = await withClient(url, async (client) => {
    await client.query(
      `insert into learners (learner_id, first_seen_at) values ('after-the-base-backup', 1)`,
    );
    const before = await contentOf(url);
    const { rows } = await client.query<{ now: string }>('select clock_timestamp()::text as now');
    await client.query(`delete from session_days; delete from sessions`);
    const segment = await client.query<{ name: string }>(
      'select pg_walfile_name(pg_current_wal_lsn()) as name',
    );
    await client.query('select pg_switch_wal()');
    return { before, at: rows[0]?.now ?? '', segment: segment.rows[0]?.name ?? '' };
  });
  await expect.poll(() => existsSync(join(backups, 'wal', wanted.segment)), { timeout: 20_000 }).toBe(true);
  await server.kill();

  stopLater(`${backups}/restored`);
  await type(here(commandsOf('recover')).replace('2026-03-01 08:00:00+08', wanted.at), backups, {});
  const recovered = new URL(url);
  recovered.port = String(port);
  await expect
    .poll(
      () =>
        withClient(recovered.href, (client) => client.query('select pg_is_in_recovery() as still')).then(
          ({ rows }) => rows[0].still,
        ),
      { timeout: 20_000 },
    )
    .toBe(false);
  expect(await contentOf(recovered.href)).toEqual(wanted.before);
});
