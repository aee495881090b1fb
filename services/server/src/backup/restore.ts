import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseOwned, LedgerCannotOpen, openSqlite, own } from '@watchledger/ledger';
import { StartFault } from '../start-fault.ts';
import { besides, takePlace } from './database-files.ts';

export interface RestoreOptions {
  /** Path of the backup; it stays as it is. */
  readonly from: string;
  /** Path of the ledger's SQLite file, which no process may be using. */
  readonly to: string;
  /** Whether a ledger that is there is moved aside; otherwise it stays, and this is refused. */
  readonly replace?: boolean;
  readonly now?: () => Date;
}

export interface Restored {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  readonly sessions: number;
  /** When the newest report in it came; null: it holds no sessions. */
  readonly newestReportAt: Date | null;
  /** Where the ledger is that was there before; null: there was none. */
  readonly movedAside: string | null;
}

/**
 * Puts a backup in a ledger's place, checked and brought up to this release first. Until then nothing is touched,
 * and what was there is kept. Throws `StartFault`.
 *
 * @example restore({ from: 'backup.db', to: 'data/watchledger.db' })
 */
export function restore({ from, to, replace = false, now = () => new Date() }: RestoreOptions): Restored {
  const backup = resolve(from);
  // Where a link stands for the ledger it goes on standing there.
  const file = existsSync(to) ? realpathSync(to) : resolve(to);
  if (!existsSync(backup) || !statSync(backup).isFile()) throw new StartFault(`--from ${backup} is no file`);
  if (realpathSync(backup) === file) throw new StartFault(`--from ${backup} is the ledger itself`);
  const ownership = ownAlone(file);
  try {
    if (existsSync(file) && !replace) {
      throw new StartFault(
        `DATABASE_URL: ${file} exists already: with --replace it is moved aside and the backup takes its place`,
      );
    }
    // A name that nobody has, not even a backup that somebody keeps beside the ledger.
    const folder = mkdtempSync(`${file}.restoring-`);
    try {
      const draft = join(folder, 'ledger.db');
      copyDatabase(backup, draft);
      const found = checked(draft, backup);
      giveToService(draft, file);
      const movedAside = takePlace(draft, file, keptName(file, now()));
      return { file, bytes: statSync(file).size, ...found, movedAside };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw explained(error, file);
  } finally {
    ownership.release();
  }
}

function ownAlone(file: string) {
  try {
    return own(file, 'alone');
  } catch (error) {
    if (!(error instanceof DatabaseOwned)) throw error;
    throw new StartFault(`DATABASE_URL: a running process is using ${file}: stop it, and restore then`);
  }
}

/** Also of a file that was copied away together with its log, rather than backed up. */
function copyDatabase(from: string, to: string): void {
  for (const ending of ['', ...besides]) {
    if (ending !== '-shm' && existsSync(`${from}${ending}`))
      copyFileSync(`${from}${ending}`, `${to}${ending}`);
  }
}

function checked(draft: string, backup: string): Pick<Restored, 'sessions' | 'newestReportAt'> {
  try {
    mustBeLedger(draft, backup);
    const { client, close } = openSqlite({ file: draft, migrate: true });
    try {
      const { sessions, newest } = client
        .prepare<[], { sessions: number; newest: number | null }>(
          'select count(*) as sessions, max(last_report_at) as newest from sessions',
        )
        .get() ?? { sessions: 0, newest: null };
      return { sessions, newestReportAt: newest === null ? null : new Date(newest) };
    } finally {
      close();
    }
  } catch (error) {
    if (!(error instanceof LedgerCannotOpen)) throw error;
    const why = error.message.replace(`Cannot open the database ${draft}: `, '').replaceAll(draft, backup);
    throw new StartFault(`--from ${backup}: ${why}`);
  }
}

/** Before it is brought up to date, which would make a ledger of an empty file. */
function mustBeLedger(draft: string, backup: string): void {
  const { client, close } = openSqlite({ file: draft });
  try {
    const found = String(client.pragma('integrity_check(1)', { simple: true }));
    if (found !== 'ok') {
      throw new StartFault(`--from ${backup} is damaged: ${found.replaceAll(/\s*\n\s*/g, ' ')}`);
    }
    const tables = client.prepare("select 1 from sqlite_master where type = 'table' and name = 'sessions'");
    if (tables.get() === undefined) throw new StartFault(`--from ${backup} holds no ledger`);
  } finally {
    close();
  }
}

/** Where the ledger that is there, or what a crash has left of it, is kept; null: there is none. */
function keptName(file: string, now: Date): string | null {
  if (!['', ...besides].some((ending) => existsSync(`${file}${ending}`))) return null;
  return `${file}.before-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
}

/** The service may be somebody else than root, who restores: whoever has the folder. */
function giveToService(draft: string, file: string): void {
  chmodSync(draft, 0o600);
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(file));
  for (const path of [draft, `${file}.owner`]) chownSync(path, uid, gid);
}

function explained(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new StartFault(`The disk of ${file} is full; nothing was changed`);
  }
  return /^[A-Z]/.test(code) ? new StartFault(`Restoring ${file} failed (${code})`) : error;
}
