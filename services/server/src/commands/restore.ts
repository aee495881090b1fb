import { existsSync } from 'node:fs';
import { megabytes } from '../backup/progress-line.ts';
import { type Restored, restore as restoreFile } from '../backup/restore.ts';
import { readDatabase } from '../configuration/configuration.ts';
import type { Environment } from '../configuration/environment.ts';
import { StartFault } from '../start-fault.ts';
import { command } from './command.ts';

/** Puts a backup in the ledger's place, while no service runs. */
export const restore = command({
  word: 'restore',
  usage: `\
  npm run restore -- --from <file> [--replace]
                                    put a backup in its place; --replace keeps the present ledger beside it`,
  options: { from: { type: 'string' }, replace: { type: 'boolean' } },
  async run({ from, replace = false }, environment) {
    const database = readDatabase(environment);
    if (database.kind === 'postgres') {
      throw new StartFault(
        `DATABASE_URL is PostgreSQL, which has its own: pg_restore --exit-on-error --single-transaction --no-owner --dbname=<empty database> ${from ?? '<file>'}`,
      );
    }
    if (from === undefined) throw new StartFault('restore needs --from <file>; see --help');
    const restored = restoreFile({ from, to: database.file, replace });
    process.stdout.write(`${[...told(restored), ...secretNote(restored.file, environment)].join('\n')}\n`);
  },
});

function told({ file, bytes, sessions, newestReportAt, movedAside }: Restored): string[] {
  const upTo = newestReportAt === null ? '' : `, the newest report from ${newestReportAt.toISOString()}`;
  return [
    `${file}: ${megabytes(bytes)}, ${sessions} sessions${upTo}`,
    ...(movedAside === null ? [] : [`What was there before is kept as ${movedAside}`]),
  ];
}

/** The made secret is no fact, and is not in a backup. */
function secretNote(file: string, environment: Environment): string[] {
  if (environment.AUTH_SECRET || environment.AUTH_JWKS_URL || existsSync(`${file}.secret`)) return [];
  return [`Tokens made before are refused from now on, unless you put their ${file}.secret beside it`];
}
