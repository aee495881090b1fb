import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerCannotOpen, sqliteCode } from './problems.ts';

/** `alone`: locks live in this process, so no other may use the file. `shared`: locks live in Redis. */
export type OwnershipMode = 'alone' | 'shared';

export interface Ownership {
  release(): void;
}

/** Another process uses the database in a way that excludes this one (T22). */
export class DatabaseOwned extends Error {
  override readonly name = 'DatabaseOwned';
}

/**
 * Holds the database for this process in one mode, for its whole life. The holder is known by the operating
 * system's lock on an empty side file, so a killed process frees it at once and nothing can go stale.
 */
export function own(file: string, mode: OwnershipMode): Ownership {
  const sideFile = `${trueName(file)}.owner`;
  let client: Database.Database | undefined;
  try {
    client = new Database(sideFile, { timeout: 250 });
    // Nothing is ever written: a journal in memory leaves no file behind that a next start would replay.
    client.pragma('journal_mode = MEMORY');
    if (mode === 'alone') client.exec('BEGIN EXCLUSIVE');
    else client.exec('BEGIN; SELECT count(*) FROM sqlite_master');
  } catch (error) {
    client?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY'))
      throw new DatabaseOwned(refusals[mode](file), { cause: error });
    const why = error instanceof Error ? error.message : String(error);
    throw new LedgerCannotOpen(`Cannot lock ${sideFile}: ${why}`, { cause: error });
  }
  const holder = client;
  return { release: () => void holder.close() };
}

const refusals: Record<OwnershipMode, (file: string) => string> = {
  alone: (file) =>
    `This process keeps its viewing locks in memory and must own ${file} alone, but another process is using it. ` +
    'Stop the other process, or set REDIS_URL for every process that shares this database.',
  shared: (file) =>
    `Another process keeps its viewing locks in memory and owns ${file} alone. ` +
    'Stop it, or start it with the same REDIS_URL as this one.',
};

/** Two paths to one file must meet at one side file. */
function trueName(file: string): string {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LedgerCannotOpen(`Cannot open the database ${path}: its path cannot be written (${why})`, {
      cause: error,
    });
  }
}
