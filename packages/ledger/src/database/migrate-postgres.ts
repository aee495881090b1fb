import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { requireCurrent, requireKnown } from './known-migrations.ts';
import { LedgerCannotOpen } from './problems.ts';
import { unfinishedMove, unfinishedMoveRefusal } from './unfinished-move.ts';

const migrationsFolder = fileURLToPath(new URL('../../migrations/postgres', import.meta.url));

/** Any number that nobody else locks. */
const ONE_MIGRATOR = 7_041_002;
/** How long a start waits for the migrations of others that start. */
const PATIENCE_MS = 60_000;

/**
 * Applies what is missing, all in one transaction that other starting processes wait for. drizzle's own runner
 * looks before it locks, so two processes starting at once would both apply the first migration.
 */
export async function migratePostgres(client: pg.ClientBase, ofMove: boolean): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder });
  await client.query('begin');
  try {
    await client.query(`set local statement_timeout = 0; set local lock_timeout = ${PATIENCE_MS}`);
    await client.query('select pg_advisory_xact_lock($1)', [ONE_MIGRATOR]);
    const tables = await tablesOf(client);
    if (!ofMove) refuseUnfinishedMove(tables);
    if (tables.length === 0) await client.query(migrationsTable);
    const applied = await appliedMigrations(client, tables);
    requireKnown(applied, known, 'give another database or start that version');
    for (const { sql, hash, folderMillis } of known.slice(applied.length)) {
      for (const statement of sql) await client.query(statement);
      await client.query('insert into __drizzle_migrations (hash, created_at) values ($1, $2)', [
        hash,
        folderMillis,
      ]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Rejects with `LedgerCannotOpen` unless a whole ledger of this release is there; changes nothing. */
export async function requireCurrentPostgres(client: pg.ClientBase): Promise<void> {
  const tables = await tablesOf(client);
  refuseUnfinishedMove(tables);
  requireCurrent(await appliedMigrations(client, tables), readMigrationFiles({ migrationsFolder }));
}

const migrationsTable =
  'create table __drizzle_migrations (id integer generated always as identity primary key, hash text not null, created_at bigint)';

async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ tablename: string }>(
    'select tablename from pg_tables where schemaname = current_schema()',
  );
  return rows.map(({ tablename }) => tablename);
}

function refuseUnfinishedMove(tables: readonly string[]): void {
  if (tables.includes(unfinishedMove)) throw new LedgerCannotOpen(unfinishedMoveRefusal);
}

/** The hashes of what was applied, oldest first; the table has the shape that drizzle's tools expect. */
async function appliedMigrations(client: pg.ClientBase, tables: readonly string[]): Promise<string[]> {
  if (tables.length === 0) return [];
  if (!tables.includes('__drizzle_migrations'))
    throw new LedgerCannotOpen('this database belongs to another program');
  const { rows } = await client.query<{ hash: string }>('select hash from __drizzle_migrations order by id');
  return rows.map(({ hash }) => hash);
}
