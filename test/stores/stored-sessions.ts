import {
  type StoredSession,
  sessionsInPostgres,
  sessionsInSqlite,
} from '@watchledger/ledger/testing/stored-sessions';
import Database from 'better-sqlite3';
import pg from 'pg';

export type { StoredSession };

/** Every session of a database, read past the product, by learner and in the order of their times. */
export async function storedSessions(databaseUrl: string): Promise<StoredSession[]> {
  return databaseUrl.startsWith('file:')
    ? inFile(databaseUrl.slice('file:'.length))
    : inPostgres(databaseUrl);
}

function inFile(file: string): StoredSession[] {
  const database = new Database(file, { readonly: true });
  try {
    return sessionsInSqlite(database);
  } finally {
    database.close();
  }
}

async function inPostgres(connectionString: string): Promise<StoredSession[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await sessionsInPostgres(client);
  } finally {
    await client.end();
  }
}
