import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { afterThisTest, temporaryFolder } from '../testing/temporary.ts';
import { own } from './ownership.ts';
import { LedgerCannotOpen } from './problems.ts';
import { openSqlite, type SqliteOptions } from './sqlite.ts';

function opened(options: SqliteOptions) {
  const database = openSqlite(options);
  afterThisTest(() => database.close());
  return database;
}

function refusal(options: SqliteOptions): LedgerCannotOpen {
  try {
    openSqlite(options).close();
  } catch (error) {
    if (error instanceof LedgerCannotOpen) return error;
    throw error;
  }
  throw new Error('it opened');
}

describe('opening the database', () => {
  test('makes the folder and the tables, and commits survive a power cut', () => {
    const file = join(temporaryFolder(), 'deep', 'er', 'ledger.db');
    const { client } = opened({ file, migrate: true });
    expect(client.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(client.pragma('synchronous', { simple: true })).toBe(2);
    const tables = client.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    expect(tables).toEqual(
      expect.arrayContaining(['sessions', 'session_days', 'courseware', 'audit', 'policies']),
    );
  });

  test('makes what it makes for its owner alone', () => {
    const folder = join(temporaryFolder(), 'deep', 'er');
    const before = process.umask(0o022);
    afterThisTest(() => process.umask(before));
    const { client } = opened({ file: join(folder, 'ledger.db'), migrate: true });
    client.exec("insert into learners (learner_id, first_seen_at) values ('u1', 1)");
    const ownership = own(join(folder, 'ledger.db'), 'alone');
    afterThisTest(() => ownership.release());
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      'ledger.db': 0o600,
      'ledger.db-shm': 0o600,
      'ledger.db-wal': 0o600,
      'ledger.db.owner': 0o600,
    });
    for (const made of [folder, join(folder, '..')]) expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  test('clusters what every heartbeat writes on its key', () => {
    const { client } = opened({ file: join(temporaryFolder(), 'ledger.db'), migrate: true });
    const withoutRowid = client
      .prepare("select name from pragma_table_list where wr = 1 and schema = 'main' order by name")
      .pluck()
      .all();
    expect(withoutRowid).toEqual(['coverage', 'session_days', 'session_turns', 'sessions']);
  });

  test('again changes nothing', () => {
    const file = join(temporaryFolder(), 'ledger.db');
    opened({ file, migrate: true }).client.exec(
      "insert into learners (learner_id, first_seen_at) values ('u1', 1)",
    );
    const { client } = opened({ file, migrate: true });
    expect(client.prepare('select count(*) from learners').pluck().get()).toBe(1);
    expect(client.prepare('select count(*) from __drizzle_migrations').pluck().get()).toBe(1);
  });

  test('a second, read-only connection sees what is committed and can write nothing', () => {
    const file = join(temporaryFolder(), 'ledger.db');
    const writer = opened({ file, migrate: true });
    const reader = opened({ file, readOnly: true });
    writer.client.exec("insert into learners (learner_id, first_seen_at) values ('u1', 1)");
    expect(reader.client.prepare('select learner_id from learners').pluck().all()).toEqual(['u1']);
    expect(() =>
      reader.client.exec("insert into learners (learner_id, first_seen_at) values ('u2', 1)"),
    ).toThrow(/readonly/);
  });

  test('several processes may start at once', async () => {
    const file = join(temporaryFolder(), 'ledger.db');
    const program = `
      const { openSqlite } = await import(${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)});
      const database = openSqlite({ file: ${JSON.stringify(file)}, migrate: true, openTimeoutMs: 20_000 });
      console.log(database.client.prepare('select count(*) from __drizzle_migrations').pluck().get());
      database.close();`;
    const starts = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]),
    );
    const answers = await Promise.all(starts);
    expect(answers.map(({ stdout }) => stdout.trim())).toEqual(['1', '1', '1', '1']);
  }, 30_000);
});

describe('a database that cannot be used is refused in one line that names it', () => {
  test.each([
    ['a path below a file', (folder: string) => join(folder, 'file', 'ledger.db'), /path cannot be written/],
    ['a folder', (folder: string) => join(folder, 'folder'), /path cannot be written/],
    ['a file that is no database', (folder: string) => join(folder, 'file'), /not a database/],
  ])('%s', (_, path, reason) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), 'This is a letter to my aunt. '.repeat(100));
    const file = path(folder);
    const { message } = refusal({ file, migrate: true });
    expect(message).toMatch(reason);
    expect(message).toContain(file);
    expect(message).not.toContain('\n');
  });

  test('a database of another program', () => {
    const file = join(temporaryFolder(), 'other.db');
    const other = new Database(file);
    other.exec('create table recipes (name text)');
    other.close();
    expect(refusal({ file, migrate: true }).message).toMatch(/belongs to another program/);
  });

  test('one that a newer release has changed', () => {
    const file = join(temporaryFolder(), 'ledger.db');
    const { client } = opened({ file, migrate: true });
    client.exec(
      "insert into __drizzle_migrations (hash, created_at) values ('of the future', 9999999999999)",
    );
    expect(refusal({ file, migrate: true }).message).toMatch(/newer release/);
  });

  test('one with a schema of another version', () => {
    const file = join(temporaryFolder(), 'ledger.db');
    const { client } = opened({ file, migrate: true });
    client.exec("update __drizzle_migrations set hash = 'of another branch'");
    expect(refusal({ file, migrate: true }).message).toMatch(/another version/);
  });

  test('an export before the first start', () => {
    expect(refusal({ file: join(temporaryFolder(), 'none.db'), readOnly: true }).message).toMatch(
      /cannot be read/,
    );
  });
});
