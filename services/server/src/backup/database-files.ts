import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
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

/** Renames a database with all that belongs to it. */
export function moveAside(database: string, name: string): void {
  for (const ending of ['', ...besides]) {
    if (existsSync(`${database}${ending}`)) renameSync(`${database}${ending}`, `${name}${ending}`);
  }
  sync(dirname(database));
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
