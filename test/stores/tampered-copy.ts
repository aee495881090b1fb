import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { temporaryFolder } from '../harness/index.ts';

/** A copy of a database that nobody has open, changed by statements past all its checks; answers with its url. */
export async function tamperedCopy(databaseUrl: string, statements: string): Promise<string> {
  return databaseUrl.startsWith('file:')
    ? copyOfFile(databaseUrl.slice('file:'.length), statements)
    : copyInPostgres(databaseUrl, statements);
}

function copyOfFile(file: string, statements: string): string {
  const copy = join(temporaryFolder(), 'tampered.db');
  cpSync(file, copy);
  const database = new Database(copy);
  database.pragma('ignore_check_constraints = ON');
  database.exec(statements);
  database.close();
  return `file:${copy}`;
}

const withoutChecks = `
  do $$ declare each record; begin
    for each in select conrelid::regclass as of, conname from pg_constraint
      where contype = 'c' and connamespace = 'public'::regnamespace
    loop execute format('alter table %s drop constraint %I', each.of, each.conname); end loop;
  end $$`;

async function copyInPostgres(databaseUrl: string, statements: string): Promise<string> {
  const original = new URL(databaseUrl).pathname.slice(1);
  const copy = `tampered_${randomBytes(6).toString('hex')}`;
  await run(inSameServer(databaseUrl, 'postgres'), `create database ${copy} template ${original}`);
  await run(inSameServer(databaseUrl, copy), withoutChecks, statements);
  return inSameServer(databaseUrl, copy);
}

function inSameServer(databaseUrl: string, database: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function run(connectionString: string, ...queries: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const query of queries) await client.query(query);
  } finally {
    await client.end();
  }
}
