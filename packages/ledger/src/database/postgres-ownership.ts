import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseOwned } from './ownership.ts';
import { CONNECT_MS, explained, oneLine } from './postgres.ts';

/** That this process serves the database. */
export interface PostgresShare {
  release(): Promise<void>;
}

export interface PostgresShareOptions {
  readonly url: string;
  /** Told in one line when the connection that holds the share breaks; it is taken anew meanwhile. */
  readonly onTrouble?: (message: string) => void;
}

/** Any number that nobody else locks. */
const OWNERS = 7_041_003;
const AGAIN_MS = 1_000;
/** How long PostgreSQL may take to notice that a process is gone, or wants to go. */
const LEAVING_MS = 3_000;

/**
 * Tells, for as long as this process serves the database, that it does: a move then refuses to begin, and while one
 * is under way this rejects with `DatabaseOwned`. Known by a lock of PostgreSQL itself on a connection of its own, so
 * a killed process leaves nothing behind. A connection that breaks is made anew and stops nobody from serving.
 */
export async function sharePostgres({
  url,
  onTrouble = () => {},
}: PostgresShareOptions): Promise<PostgresShare> {
  const leaving = new AbortController();
  const left = new Promise<void>((resolve) =>
    leaving.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  let holder = await holderOf(url);
  const keeping = keep().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });

  async function keep(): Promise<void> {
    while (!leaving.signal.aborted) {
      await Promise.race([ended(holder), left]);
      if (leaving.signal.aborted) return;
      holder = await again();
    }
  }

  async function again(): Promise<pg.Client> {
    for (;;) {
      try {
        return await holderOf(url);
      } catch (error) {
        onTrouble(oneLine(error));
      }
      await pause(AGAIN_MS, undefined, { signal: leaving.signal });
    }
  }

  return {
    async release() {
      leaving.abort();
      await keeping;
      await parted(holder);
    },
  };
}

/** Holds the database alone on this connection, until that ends. Rejects with `DatabaseOwned`. */
export async function ownPostgres(client: pg.ClientBase): Promise<void> {
  const giveUpAt = performance.now() + LEAVING_MS;
  while (!(await tryLock(client, 'pg_try_advisory_lock'))) {
    if (performance.now() > giveUpAt)
      throw new DatabaseOwned('another process is using it: stop every process that serves or moves it');
    await pause(100);
  }
}

async function holderOf(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'watchledger',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
    keepAlive: true,
  });
  // Unheard, it would end the process; who waits for the end learns of it there.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('set idle_session_timeout = 0');
    if (await tryLock(client, 'pg_try_advisory_lock_shared')) return client;
  } catch (error) {
    await client.end();
    throw explained(url, error);
  }
  await client.end();
  throw new DatabaseOwned('A move (npm run move) holds this database alone: wait until it has finished');
}

async function tryLock(
  client: pg.ClientBase,
  lock: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`select ${lock}($1) as held`, [OWNERS]);
  return rows[0]?.held ?? false;
}

/** A server that is stalled keeps nobody from leaving. */
async function parted(client: pg.Client): Promise<void> {
  const waiting = new AbortController();
  const giveUp = pause(LEAVING_MS, undefined, { signal: waiting.signal }).catch(() => {});
  await Promise.race([client.end(), giveUp]);
  waiting.abort();
}

function ended(client: pg.Client): Promise<void> {
  return new Promise((resolve) => client.once('end', resolve));
}
