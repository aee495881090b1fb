import { readlinkSync } from 'node:fs';
import { isAbsolute, join, parse, resolve, sep } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate } from './private-file.ts';
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
  const sideFile = sideFileOf(file);
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

/** Two paths to one file must meet at one side file, also while the file is still missing and a link leads nowhere yet. */
function sideFileOf(file: string): string {
  const path = resolve(file);
  try {
    const sideFile = `${withoutLinks(path)}.owner`;
    makePrivate(sideFile);
    return sideFile;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LedgerCannotOpen(`Cannot open the database ${path}: its path cannot be written (${why})`, {
      cause: error,
    });
  }
}

const mostLinks = 40;

/** Follows every link on the way, as the operating system does, but not only to what exists. */
function withoutLinks(path: string): string {
  let name = parse(path).root;
  let links = 0;
  const ahead = stepsOf(path);
  for (let step = ahead.shift(); step !== undefined; step = ahead.shift()) {
    const next = join(name, step);
    const target = linkAt(next);
    if (target === null) {
      name = next;
      continue;
    }
    links += 1;
    if (links > mostLinks) throw new Error('too many links');
    if (isAbsolute(target)) name = parse(target).root;
    ahead.unshift(...stepsOf(target));
  }
  return name;
}

const stepsOf = (path: string): string[] =>
  path
    .slice(parse(path).root.length)
    .split(sep)
    .filter((step) => step !== '');

/** Where a link points; null for what is no link, or is not there. */
function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOENT'))
      return null;
    throw error;
  }
}
