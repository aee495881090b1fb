import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const debian = '/usr/lib/postgresql';

/** The folder with PostgreSQL's programs: POSTGRES_BIN, else on PATH, else the newest that Debian has installed. */
export function postgresPrograms(): string {
  const named = process.env.POSTGRES_BIN;
  if (named !== undefined && named !== '') {
    if (isComplete(named)) return home(named);
    throw new Error(`POSTGRES_BIN is ${named}, which does not hold initdb and postgres`);
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = [...onPath, ...installed()].find(isComplete);
  if (found === undefined) {
    throw new Error('PostgreSQL is not installed: install the package postgresql, or set POSTGRES_BIN');
  }
  return home(found);
}

/** Behind links, where all programs of that version are. */
function home(folder: string): string {
  return dirname(realpathSync(join(folder, 'postgres')));
}

/** Debian keeps these programs off PATH, a folder for each version. */
function installed(): string[] {
  try {
    const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(debian, version, 'bin'));
  } catch {
    return [];
  }
}

function isComplete(folder: string): boolean {
  try {
    for (const program of ['initdb', 'postgres']) accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whom PostgreSQL runs as: it refuses to be root. Null: whoever runs the tests. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((what) => idOf(what, name));
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody');
}

function idOf(what: string, name: string): number | undefined {
  try {
    return Number(
      execFileSync('id', [what, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}
