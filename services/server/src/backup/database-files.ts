import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** What SQLite keeps beside a database; after a crash it may hold commits that the file itself lacks. */
export const besides = ['-wal', '-shm', '-journal'] as const;

/** Gives a finished file its name, so that a power cut leaves it whole or not at all. */
export function keep(draft: string, file: string): void {
  sync(draft);
  renameSync(draft, file);
  sync(dirname(file));
}

export function discard(database: string): void {
  for (const ending of ['', ...besides]) rmSync(`${database}${ending}`, { force: true });
}

/**
 * Puts a finished file in a database's place, which is kept under another name with all that belongs to it. Whatever
 * is cut off, there is a database under its name all the time; only one that has a log from a crash is, for
 * the moment between two renames, there without it. Answers with the other name.
 */
export function takePlace(draft: string, file: string, kept: string | null): string | null {
  sync(draft);
  if (kept !== null) {
    for (const ending of ['', ...besides]) {
      if (existsSync(`${file}${ending}`)) alsoNamed(`${file}${ending}`, `${kept}${ending}`);
    }
    sync(dirname(file));
    // Beside the new database, the old one's log would be taken for its own.
    for (const ending of besides) rmSync(`${file}${ending}`, { force: true });
  }
  renameSync(draft, file);
  sync(dirname(file));
  return kept;
}

/** A second name for one file; where a file system has none, the first one is given up. */
function alsoNamed(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch (error) {
    if (
      !(
        error instanceof Error &&
        'code' in error &&
        /^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test(String(error.code))
      )
    )
      throw error;
    renameSync(file, name);
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
