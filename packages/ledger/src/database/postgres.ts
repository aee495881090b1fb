import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { migratePostgres, requireCurrentPostgres } from './migrate-postgres.ts';
import { postgresError } from './postgres-problems.ts';
import { type PostgresSettings, unfitness } from './postgres-settings.ts';
import { LedgerCannotOpen } from './problems.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; `?sslmode=verify-full&sslrootcert=…` for TLS. */
  readonly url: string;
  /** Brings the schema up to date; safe when several processes start at once. */
  readonly migrate?: boolean;
  /** Connections that are held at most. */
  readonly connections?: number;
  /** For exports, perhaps on a replica: reads may take longer, and nothing is written. */
  readonly readOnly?: boolean;
  /** Refuses what is not a whole ledger of this release; for one that is moved or compared. */
  readonly current?: boolean;
  /** Opens also what an unfinished move has left; for the move itself. */
  readonly ofMove?: boolean;
  /** How long a statement may take, where that is not the time of a heartbeat or of an export. */
  readonly statementMs?: number;
  /** Told in one line when an idle connection breaks. */
  readonly onTrouble?: (message: string) => void;
}

/** An open PostgreSQL database: `pool` for statements by hand, `orm` for everything else. */
export interface PostgresDatabase {
  readonly pool: pg.Pool;
  readonly orm: NodePgDatabase;
  /** What is set there in a way that an operator should know of; lines that name the setting. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/** How long a heartbeat's statement may take: its page comes again anyway. */
const STATEMENT_MS = 4_000;
const EXPORT_STATEMENT_MS = 60_000;
/** Short of a statement's time, so that a lock that is not given is told from a slow disk. */
const LOCK_MS = 2_000;
export const CONNECT_MS = 2_000;

/**
 * Opens the ledger in PostgreSQL, where what was committed survives a crash (`synchronous_commit`).
 * Rejects with `LedgerCannotOpen`, whose message is one line for the operator.
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresDatabase> {
  const { url, readOnly = false, migrate = false, ofMove = false, current = false } = options;
  try {
    const warnings = await withClientOfItsOwn(url, async (client) => {
      const { refusals, warnings } = unfitness(await settingsOf(client), readOnly);
      const [refusal] = refusals;
      if (refusal !== undefined) throw new LedgerCannotOpen(refusal);
      if (migrate && !readOnly) await migratePostgres(client, ofMove);
      if (current) await requireCurrentPostgres(client);
      return warnings;
    });
    return { ...postgresLater(options), warnings };
  } catch (error) {
    throw explained(url, error);
  }
}

/** A migration may take longer than any other statement: nothing cuts it off. */
async function withClientOfItsOwn<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'watchledger',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  // An error also reaches whoever waits on the connection; unheard, it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The connections of a database that may be away just now: nothing is asked of it yet. */
export function postgresLater(options: PostgresOptions): PostgresDatabase {
  const pool = poolOf(options);
  return { pool, orm: drizzle({ client: pool }), warnings: [], close: () => pool.end() };
}

function poolOf({
  url,
  connections = 10,
  readOnly = false,
  statementMs = readOnly ? EXPORT_STATEMENT_MS : STATEMENT_MS,
  onTrouble = () => {},
}: PostgresOptions): pg.Pool {
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({
      connectionString: url,
      max: connections,
      application_name: 'watchledger',
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: statementMs,
      lock_timeout: LOCK_MS,
      idle_in_transaction_session_timeout: 2 * statementMs,
      // Where PostgreSQL itself is out of reach, its own time-outs say nothing.
      query_timeout: statementMs + 1_000,
    });
  } catch (error) {
    throw explained(url, error);
  }
  pool.on('error', (error) => onTrouble(oneLine(error)));
  // An error while a connection is in use also reaches whoever waits on it; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

async function settingsOf(client: pg.ClientBase): Promise<PostgresSettings> {
  const { rows } = await client.query<PostgresSettings>(`
    select current_setting('server_version_num')::int as "versionNumber",
      current_setting('server_version') as version,
      current_setting('server_encoding') as encoding,
      current_setting('synchronous_commit') as "synchronousCommit",
      current_setting('synchronous_standby_names') as "synchronousStandbys",
      current_setting('fsync') as fsync,
      current_setting('full_page_writes') as "fullPageWrites",
      current_setting('default_transaction_isolation') as isolation,
      current_setting('transaction_read_only') as "readOnly",
      pg_is_in_recovery() as standby`);
  const [settings] = rows;
  if (settings === undefined) throw new LedgerCannotOpen('it does not tell its settings');
  return settings;
}

/** Any failure to open as one line for the operator. */
export function explained(url: string, error: unknown): LedgerCannotOpen {
  const why = error instanceof LedgerCannotOpen ? error.message : reasonOf(error);
  return new LedgerCannotOpen(`Cannot open the PostgreSQL database ${placeOf(url)}: ${why}`, {
    cause: error,
  });
}

/** Host and database, without user and password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { host, pathname, searchParams } = new URL(url);
  return `${decodeURIComponent(searchParams.get('host') ?? host)}${pathname}`;
}

function reasonOf(error: unknown): string {
  const said = postgresError(error);
  switch (said?.code) {
    case '28P01':
      return 'user or password is wrong';
    case '3D000':
      return 'there is no such database: create it first';
    case '53300':
      return 'it has no connection left: lower DATABASE_CONNECTIONS or raise its max_connections';
    case '57P03':
      return 'it is just starting or stopping';
    case '42501':
      return `this user may not do everything there: ${said.message}`;
    default:
      return oneLine(error);
  }
}

export function oneLine(error: unknown): string {
  // Of several addresses that all refused, Node tells each in `errors` and nothing in `message`.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const text = first instanceof Error ? first.message : String(first);
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
