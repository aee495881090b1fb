import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { requireCurrent, requireKnown } from './known-migrations.ts';
import { LedgerCannotOpen } from './problems.ts';
import { unfinishedMove, unfinishedMoveRefusal } from './unfinished-move.ts';

const migrationsFolder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/**
 * Applies what is missing, all in one transaction that other starting processes wait for. drizzle's own
 * runner looks before it locks, so two processes starting at once would both apply the first migration.
 */
export function migrateSqlite(client: Database.Database, file: string, ofMove: boolean): void {
  const known = readMigrationFiles({ migrationsFolder });
  client
    .transaction(() => {
      const tables = tablesOf(client);
      if (!ofMove) refuseUnfinishedMove(tables);
      if (tables.length === 0) client.exec(migrationsTable);
      const applied = appliedMigrations(client, tables);
      requireKnown(applied, known, `move ${file} away or start that version`);
      for (const migration of known.slice(applied.length)) {
        for (const statement of migration.sql) client.exec(statement);
        client
          .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
          .run(migration.hash, migration.folderMillis);
      }
    })
    .immediate();
}

/** Throws `LedgerCannotOpen` unless the file holds a whole ledger of this release; changes nothing. */
export function requireCurrentSqlite(client: Database.Database): void {
  const tables = tablesOf(client);
  refuseUnfinishedMove(tables);
  requireCurrent(appliedMigrations(client, tables), readMigrationFiles({ migrationsFolder }));
}

const migrationsTable =
  'create table __drizzle_migrations (id integer primary key autoincrement, hash text not null, created_at numeric)';

function tablesOf(client: Database.Database): string[] {
  return client
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all();
}

function refuseUnfinishedMove(tables: readonly string[]): void {
  if (tables.includes(unfinishedMove)) throw new LedgerCannotOpen(unfinishedMoveRefusal);
}

/** The hashes of what was applied, oldest first; the table has the shape that drizzle's tools expect. */
function appliedMigrations(client: Database.Database, tables: readonly string[]): string[] {
  if (tables.length === 0) return [];
  if (!tables.includes('__drizzle_migrations'))
    throw new LedgerCannotOpen('this database belongs to another program');
  return client.prepare<[], string>('select hash from __drizzle_migrations order by id').pluck().all();
}
