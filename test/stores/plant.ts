import { openPostgres, openSqlite } from '@watchledger/ledger';
import { type PlantedSession, plantSessions, plantSessionsInPostgres } from '@watchledger/ledger/testing';

/** Puts viewings of hours, or of last year, into a database that is served, as viewing leaves them behind. */
export async function plant(databaseUrl: string, sessions: readonly PlantedSession[]): Promise<void> {
  if (databaseUrl.startsWith('file:')) {
    const database = openSqlite({ file: databaseUrl.slice('file:'.length) });
    try {
      plantSessions(database, sessions);
    } finally {
      database.close();
    }
    return;
  }
  const database = await openPostgres({ url: databaseUrl, connections: 1 });
  try {
    await plantSessionsInPostgres(database, sessions);
  } finally {
    await database.close();
  }
}
