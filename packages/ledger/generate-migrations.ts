/**
 * Generates the migrations of both databases from their schemas. Until the first release there is one each, made
 * anew each time; from then on nothing is deleted here, and every change of a schema adds one.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

generate('sqlite', (sql) =>
  // Written at every heartbeat and found by their key alone: clustered on it, a write costs a tenth less.
  ['sessions', 'session_days', 'session_turns', 'coverage'].reduce(
    (text, table) => created(text, table, 'WITHOUT ROWID'),
    sql,
  ),
);

generate('postgres', (sql) =>
  // Room for a heartbeat's new row version beside the old one, so that no index is touched; and a vacuum every
  // few million rows: a fifth of half a billion would be too late.
  ['sessions', 'coverage'].reduce(
    (text, table) =>
      created(
        text,
        table,
        'WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01)',
      ),
    sql,
  ),
);

/** What drizzle cannot say is added: how tables are stored, and triggers. */
function generate(database: 'sqlite' | 'postgres', finish: (sql: string) => string): void {
  const folder = join(import.meta.dirname, 'migrations', database);
  rmSync(folder, { recursive: true, force: true });
  execFileSync(
    'npx',
    ['drizzle-kit', 'generate', '--config', `drizzle.${database}.config.ts`, '--name', 'initial'],
    { cwd: import.meta.dirname, stdio: 'inherit' },
  );
  const triggers = ['append-only', 'turns'].map((name) =>
    readFileSync(join(import.meta.dirname, 'src', 'schema', `${name}.${database}.sql`), 'utf8'),
  );
  for (const name of readdirSync(folder).filter((file) => file.endsWith('_initial.sql'))) {
    const file = join(folder, name);
    writeFileSync(file, [finish(readFileSync(file, 'utf8')), ...triggers].join('--> statement-breakpoint\n'));
  }
}

/** Adds storage words to the end of a table's creation. */
function created(sql: string, table: string, storage: string): string {
  return sql.replace(new RegExp(`(CREATE TABLE [\`"]${table}[\`"] \\([^;]*\\n\\));`), `$1 ${storage};`);
}
