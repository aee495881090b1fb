import { afterAll } from 'vitest';
import { openPostgres, type PostgresDatabase } from '../database/postgres.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';
import { afterThisTest } from './temporary.ts';

let server: Promise<PostgresServer> | null = null;

afterAll(async () => {
  const ending = await server;
  server = null;
  await ending?.close();
}, 30_000);

/** For tests: the server that all tests of this file share. */
export function postgresOfThisFile(): Promise<PostgresServer> {
  server ??= startPostgresServer();
  return server;
}

/** For tests: an empty ledger in a database of its own, on the server that all tests of this file share. */
export async function temporaryPostgres(): Promise<{ database: PostgresDatabase; url: string }> {
  const url = await (await postgresOfThisFile()).createDatabase();
  const database = await openPostgres({ url, migrate: true, connections: 5 });
  afterThisTest(() => database.close());
  return { database, url };
}
