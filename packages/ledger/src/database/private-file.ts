import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a file that is missing, and its folder, for their owner alone: a ledger tells who learned what. */
export function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Never one that is there: closing it would free the locks that SQLite holds on it for this process.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}
