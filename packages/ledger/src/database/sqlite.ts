import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { BUSY_TIMEOUT_MS } from './back-off.ts';
import { migrateSqlite, requireCurrentSqlite } from './migrate-sqlite.ts';
import { pause } from './pause.ts';
import { makePrivate } from './private-file.ts';
import { LedgerCannotOpen, sqliteCode } from './problems.ts';

export interface SqliteOptions {
  /** Path of the database file; its folder is made when it is missing. */
  readonly file: string;
  /** Brings the schema up to date; safe when several processes start at once. */
  readonly migrate?: boolean;
  /** How long opening waits for other processes that start; it blocks this thread meanwhile. */
  readonly openTimeoutMs?: number;
  /** For exports: reads what is committed and never holds up a writer. */
  readonly readOnly?: boolean;
  /** Refuses what is not a whole ledger of this release; for one that is moved or compared. */
  readonly current?: boolean;
  /** Opens also what an unfinished move has left; for the move itself. */
  readonly ofMove?: boolean;
}

/** An open SQLite file: `client` for transactions and raw statements, `orm` for everything else. */
export interface SqliteDatabase {
  readonly file: string;
  readonly client: Database.Database;
  readonly orm: BetterSQLite3Database;
  close(): void;
}

/**
 * Opens the ledger's SQLite file so that what was committed survives a power cut (WAL, `synchronous=FULL`).
 * Throws `LedgerCannotOpen`, whose message is one line for the operator.
 */
export function openSqlite(options: SqliteOptions): SqliteDatabase {
  const file = resolve(options.file);
  const readOnly = options.readOnly ?? false;
  const openTimeoutMs = options.openTimeoutMs ?? 2_000;
  let client: Database.Database | undefined;
  try {
    // The write-ahead log and its index get the rights of the file.
    if (!readOnly) makePrivate(file);
    client = new Database(file, { timeout: openTimeoutMs, readonly: readOnly });
    prepareConnection(client, readOnly, openTimeoutMs);
    if (options.migrate && !readOnly) migrateSqlite(client, file, options.ofMove ?? false);
    if (options.current) requireCurrentSqlite(client);
    // From here on other work goes on beside: who finds the database busy tries again by itself.
    client.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const opened = client;
    return { file, client: opened, orm: drizzle({ client: opened }), close: () => opened.close() };
  } catch (error) {
    client?.close();
    throw explained(file, readOnly, error);
  }
}

function prepareConnection(client: Database.Database, readOnly: boolean, openTimeoutMs: number): void {
  if (!readOnly) useWriteAheadLog(client, openTimeoutMs);
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  client.pragma('temp_store = MEMORY');
  client.pragma('trusted_schema = OFF');
  client.pragma('cache_size = -32768');
  client.pragma('journal_size_limit = 67108864');
}

/** SQLite does not wait for others while it switches the journal mode, so waiting is done here. */
function useWriteAheadLog(client: Database.Database, openTimeoutMs: number): void {
  const giveUpAt = performance.now() + openTimeoutMs;
  for (;;) {
    try {
      const mode = client.pragma('journal_mode = WAL', { simple: true });
      if (mode !== 'wal') throw new LedgerCannotOpen('this file system does not support a write-ahead log');
      return;
    } catch (error) {
      if (!sqliteCode(error)?.startsWith('SQLITE_BUSY') || performance.now() > giveUpAt) throw error;
      pause(10);
    }
  }
}

function explained(file: string, readOnly: boolean, error: unknown): LedgerCannotOpen {
  const why = error instanceof LedgerCannotOpen ? error.message : reasonOf(error, readOnly);
  return new LedgerCannotOpen(`Cannot open the database ${file}: ${why}`, { cause: error });
}

function reasonOf(error: unknown, readOnly: boolean): string {
  const code = sqliteCode(error) ?? (error instanceof Error && 'code' in error ? String(error.code) : '');
  if (code === 'SQLITE_NOTADB') return 'this file is not a database';
  if (code.startsWith('SQLITE_CORRUPT')) return 'this file is damaged';
  if (code.startsWith('SQLITE_BUSY')) return 'another process keeps it locked';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'the disk is full';
  if (
    /^(SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|EISDIR)/.test(
      code,
    )
  )
    return `its path cannot be ${readOnly ? 'read' : 'written'} (${code})`;
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? error.message) : String(error);
}
