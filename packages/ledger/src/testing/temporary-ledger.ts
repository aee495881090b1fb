import { join } from 'node:path';
import { openSqlite, type SqliteDatabase } from '../database/sqlite.ts';
import { afterThisTest, temporaryFolder } from './temporary.ts';

/** For tests: an empty ledger with its writing and its reading connection, gone when the present test ends. */
export function temporaryLedger(): { writer: SqliteDatabase; reader: SqliteDatabase } {
  const file = join(temporaryFolder(), 'ledger.db');
  const writer = openSqlite({ file, migrate: true });
  afterThisTest(() => writer.close());
  const reader = openSqlite({ file, readOnly: true });
  afterThisTest(() => reader.close());
  return { writer, reader };
}
