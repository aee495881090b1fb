import { openPostgres, type PostgresDatabase } from '../database/postgres.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';
import { afterThisTest } from './temporary.ts';

let server: Promise<PostgresServer> | null = null;

/** For tests: the server that all tests of this process share; it ends with the process. */
export function postgresOfThisProcess(): Promise<PostgresServer> {
  server ??= startPostgresServer();
  return server;
}

/** Databases that tests have left, for the next ones: to empty one is much quicker than to make one. */
const free: string[] = [];

/**
 * For tests: an empty ledger in a database of its own, on the server that all tests of this process share. `unused`: for
 * a test that reads the statistics of its database.
 */
export async function temporaryPostgres({ unused = false } = {}): Promise<{
  database: PostgresDatabase;
  url: string;
}> {
  const server = await postgresOfThisProcess();
  const used = unused ? undefined : free.pop();
  const url = used ?? (await server.createDatabase());
  const database = await openPostgres({ url, migrate: true, connections: 5 });
  afterThisTest(async () => {
    await database.close();
    free.push(url);
  });
  if (used !== undefined) await empty(database);
  return { database, url };
}

/** Takes away all but the schema; as a replica does it, past the trigger that keeps the audit trail. */
async function empty({ pool }: PostgresDatabase): Promise<void> {
  await pool.query(`
    begin;
    set local session_replication_role = replica;
    do $$
      declare name text;
      begin
        for name in select relname from pg_class
          where relnamespace = current_schema()::regnamespace and relkind = 'r'
            and relname <> '__drizzle_migrations' and pg_relation_size(oid) > 0
        loop
          execute format('truncate %I restart identity', name);
        end loop;
      end
    $$;
    commit`);
}
