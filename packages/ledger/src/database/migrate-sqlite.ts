import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { LedgerCannotOpen } from './problems.ts';

const migrationsFolder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/**
 * Applies what is missing, all in one transaction that other starting processes wait for. drizzle's own
 * runner looks before it locks, so two processes starting at once would both apply the first migration.
 */
export function migrateSqlite(client: Database.Database, file: string): void {
  const known = readMigrationFiles({ migrationsFolder });
  client
    .transaction(() => {
      const applied = appliedMigrations(client);
      applied.forEach((hash, position) => {
        if (position >= known.length)
          throw new LedgerCannotOpen('a newer release of this program has changed it; start that release');
        if (hash !== known[position]?.hash)
          throw new LedgerCannotOpen(
            `it was made by another version of this program; move ${file} away or start that version`,
          );
      });
      for (const migration of known.slice(applied.length)) {
        for (const statement of migration.sql) client.exec(statement);
        client
          .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
          .run(migration.hash, migration.folderMillis);
      }
    })
    .immediate();
}

/** The hashes of what was applied, oldest first; the table has the shape that drizzle's tools expect. */
function appliedMigrations(client: Database.Database): string[] {
  const tables = client
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all();
  if (tables.length === 0) {
    client.exec(
      'create table __drizzle_migrations (id integer primary key autoincrement, hash text not null, created_at numeric)',
    );
    return [];
  }
  if (!tables.includes('__drizzle_migrations'))
    throw new LedgerCannotOpen('this database belongs to another program');
  return client.prepare<[], string>('select hash from __drizzle_migrations order by id').pluck().all();
}
