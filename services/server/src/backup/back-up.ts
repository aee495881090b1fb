import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { openSqlite, type SqliteDatabase } from '@watchledger/ledger';
import { StartFault } from '../start-fault.ts';
import { discard, keep } from './database-files.ts';

export interface BackupOptions {
  /** Path of the ledger's SQLite file; the service may go on writing it. */
  readonly from: string;
  /** Path of the file that is made; nothing is ever overwritten. */
  readonly to: string;
  readonly onProgress?: (progress: BackupProgress) => void;
  /** Aborted when the operator wants it no more: then nothing is kept. */
  readonly stopped?: AbortSignal;
}

export interface BackupProgress {
  readonly copiedBytes: number;
  readonly totalBytes: number;
}

export interface Backup {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  readonly sessions: number;
}

/**
 * Copies a ledger as it is at one moment, while the service runs: everything acknowledged before is in it. The copy
 * gets its name only when it is whole, checked and on disk. Throws `StartFault`, `LedgerCannotOpen`.
 *
 * @example await backUp({ from: 'data/watchledger.db', to: 'backup.db' })
 */
export async function backUp({ from, to, onProgress, stopped }: BackupOptions): Promise<Backup> {
  const file = resolve(to);
  const draft = `${file}.part`;
  const source = openSqlite({ file: from, readOnly: true });
  try {
    holdThisMoment(source);
    claim(file, draft);
    try {
      await copy(source, draft, (progress) => {
        if (stopped?.aborted) throw new StartFault('The backup was stopped; nothing was kept');
        onProgress?.(progress);
      });
      const sessions = checked(draft, source.file);
      if (existsSync(file)) throw new StartFault(`--to ${file} has been made by somebody else meanwhile`);
      keep(draft, file);
      return { file, bytes: statSync(file).size, sessions };
    } catch (error) {
      discard(draft);
      throw explained(error, file);
    }
  } finally {
    source.close();
  }
}

/** Without this, each commit of the service would start the copy anew, and under load it would never end. */
function holdThisMoment({ client, file }: SqliteDatabase): void {
  try {
    client.exec('BEGIN; SELECT 1 FROM sessions LIMIT 1');
  } catch (error) {
    throw new StartFault(`DATABASE_URL: ${file} cannot be backed up: ${messageOf(error)}`);
  }
}

/** For its owner alone, as it tells who learned what. */
function claim(file: string, draft: string): void {
  if (existsSync(file)) throw new StartFault(`--to ${file} exists already: choose a name that is free`);
  try {
    closeSync(openSync(draft, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw new StartFault(
        `--to ${file}: another backup is writing ${draft}, or broke off: wait for it, or remove that file`,
      );
    }
    throw explained(error, file);
  }
}

/** About 1 MB at the usual page of 4 KiB. */
const pagesAtOnce = 250;

async function copy(
  { client }: SqliteDatabase,
  draft: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  const pageBytes = Number(client.pragma('page_size', { simple: true }));
  const tell = (totalPages: number, remainingPages: number) =>
    onProgress({
      copiedBytes: (totalPages - remainingPages) * pageBytes,
      totalBytes: totalPages * pageBytes,
    });
  const { totalPages } = await client.backup(draft, {
    progress({ totalPages, remainingPages }) {
      tell(totalPages, remainingPages);
      return pagesAtOnce;
    },
  });
  tell(totalPages, 0);
}

/** How many sessions a sound copy holds. */
function checked(draft: string, from: string): number {
  const copied = openSqlite({ file: draft });
  try {
    const found = String(copied.client.pragma('integrity_check(1)', { simple: true }));
    if (found !== 'ok') {
      const damage = found.replaceAll(/\s*\n\s*/g, ' ');
      throw new StartFault(`DATABASE_URL: ${from} is damaged, and nothing was kept: ${damage}`);
    }
    return Number(copied.client.prepare('select count(*) from sessions').pluck().get());
  } finally {
    copied.close();
  }
}

function explained(error: unknown, file: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new StartFault(`--to ${file}: its folder does not exist`);
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return new StartFault(`--to ${file}: the disk is full; nothing was kept`);
    case '':
      return error;
    default:
      return new StartFault(`The backup to ${file} failed (${codeOf(error)}); nothing was kept`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
