import { type PostgresServer, startPostgresServer } from '@watchledger/ledger/testing/postgres';
import { leaveForCleanup } from './cleanup.ts';

/** A real PostgreSQL of the test's own. */
export type TestPostgres = PostgresServer;

export async function startPostgres(): Promise<TestPostgres> {
  const server = await startPostgresServer();
  leaveForCleanup({ undo: () => server.close(), atOnce: () => server.kill() });
  return server;
}

let shared: Promise<TestPostgres> | null = null;

/** One server for all that only need a database of their own; it stays until the cleanup. */
export function sharedPostgres(): Promise<TestPostgres> {
  if (shared === null) {
    shared = startPostgres();
    const forget = () => {
      shared = null;
    };
    leaveForCleanup({ undo: forget, atOnce: forget });
  }
  return shared;
}
