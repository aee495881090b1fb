/**
 * Generates the migrations from the schema. Until the first release there is one, made anew each time;
 * from then on nothing is deleted here, and every change of the schema adds one.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'migrations', 'sqlite');

/** Written at every heartbeat and found by their key alone: clustered on it, a write costs a tenth less. */
const clustered = ['sessions', 'session_days'];

rmSync(folder, { recursive: true, force: true });
execFileSync(
  'npx',
  ['drizzle-kit', 'generate', '--config', 'drizzle.sqlite.config.ts', '--name', 'initial'],
  {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  },
);

// What drizzle cannot say: WITHOUT ROWID, and triggers.
const triggers = readFileSync(join(import.meta.dirname, 'src', 'schema', 'append-only.sql'), 'utf8');
for (const name of readdirSync(folder).filter((file) => file.endsWith('_initial.sql'))) {
  const file = join(folder, name);
  writeFileSync(
    file,
    `${clusteredOnTheirKey(readFileSync(file, 'utf8'))}--> statement-breakpoint\n${triggers}`,
  );
}

function clusteredOnTheirKey(sql: string): string {
  return clustered.reduce(
    (text, table) =>
      text.replace(new RegExp(`(CREATE TABLE \`${table}\` \\([^;]*\\n\\));`), '$1 WITHOUT ROWID;'),
    sql,
  );
}
