import Database from 'better-sqlite3';

/** The database cannot be used at all; the message is one line for the operator. */
export class LedgerCannotOpen extends Error {
  override readonly name = 'LedgerCannotOpen';
}

/** Why a command was not made durable. */
export type Unavailability = 'crowded' | 'busy' | 'full' | 'failed';

/**
 * Nothing was acknowledged: the store is away, locked, full or has too much waiting. Commands are
 * idempotent, so the caller may send the same one again.
 */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
  readonly reason: Unavailability;

  constructor(reason: Unavailability, cause?: unknown) {
    const detail = cause instanceof Error ? `: ${cause.message}` : '';
    super(`The ledger cannot store anything now (${reason})${detail}`, { cause });
    this.reason = reason;
  }
}

/** SQLite's extended result code, such as `SQLITE_BUSY_SNAPSHOT`; undefined for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}

const storeFailures =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM|CORRUPT|READONLY|CANTOPEN|INTERRUPT|PROTOCOL|NOTADB)/;

/** Whether SQLite could not do its work at all, as opposed to refusing one statement. */
export function concernsTheStore(error: unknown): boolean {
  return storeFailures.test(sqliteCode(error) ?? '');
}

/** Whether another connection's transaction stood in the way; nothing was written, and it passes. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error) ?? '');
}

export function unavailability(error: unknown): Unavailability {
  if (isBusy(error)) return 'busy';
  return sqliteCode(error) === 'SQLITE_FULL' ? 'full' : 'failed';
}
