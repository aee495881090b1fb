import { type PostgresServer, startPostgresServer } from '@watchledger/ledger/testing/postgres';
import { leaveForCleanup } from './cleanup.ts';

/** A real PostgreSQL of the test's own. */
export type TestPostgres = PostgresServer;

export async function startPostgres(): Promise<TestPostgres> {
  const server = await startPostgresServer();
  leaveForCleanup({ undo: () => server.close(), atOnce: () => server.kill() });
  return server;
}

let common: Promise<TestPostgres> | null = null;

/** One server for all tests of this process that only need a database of their own; it ends with the process. */
export function sharedPostgres(): Promise<TestPostgres> {
  common ??= startCommon();
  return common;
}

async function startCommon(): Promise<TestPostgres> {
  const forget = () => {
    common = null;
  };
  const server = await startPostgresServer().catch((error) => {
    forget();
    throw error;
  });
  const undo = () => {
    forget();
    return server.close();
  };
  leaveForCleanup({ undo, atOnce: () => server.kill(), shared: true });
  return server;
}
