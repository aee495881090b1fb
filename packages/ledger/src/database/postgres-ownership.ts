import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseOwned } from './ownership.ts';
import { CONNECT_MS, explained, oneLine } from './postgres.ts';

/** That this process serves the database. */
export interface PostgresShare {
  /** A move has taken the database meanwhile: what is stored there from now on is in nobody's ledger, for good. */
  readonly lost: boolean;
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
/** How often the connection that holds the share is asked whether it still does. */
const ASKED_EVERY_MS = 1_000;
/** Within this time a process learns that its share is gone: it asks, waits in vain, and connects anew. */
const LEARNED_WITHIN_MS = ASKED_EVERY_MS + 2 * CONNECT_MS;
/** How long PostgreSQL may take to notice that a process is gone, or wants to go. */
const LEAVING_MS = 3_000;

/**
 * Tells, for as long as this process serves the database, that it does: a move then refuses to begin, and while one
 * is under way this rejects with `DatabaseOwned`. Known by a lock of PostgreSQL itself on a connection of its own, so
 * a killed process leaves nothing behind. A connection that breaks, or goes silent, is made anew and stops nobody from
 * serving, unless a move came between: then the share is lost.
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
  let lost = false;
  const keeping = keep().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });

  async function keep(): Promise<void> {
    while (!lost) {
      await Promise.race([silenceOf(holder, leaving.signal), left]);
      if (leaving.signal.aborted) return;
      void parted(holder);
      await again();
    }
  }

  async function again(): Promise<void> {
    for (;;) {
      try {
        holder = await holderOf(url);
        return;
      } catch (error) {
        onTrouble(oneLine(error));
        lost = error instanceof DatabaseOwned;
        if (lost) return;
      }
      await pause(AGAIN_MS, undefined, { signal: leaving.signal });
    }
  }

  return {
    get lost() {
      return lost;
    },
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

/**
 * The same of a ledger that was being served. Afterwards nobody serves it unawares: a process whose share broke
 * without its knowledge has learned of it.
 */
export async function ownServedPostgres(client: pg.ClientBase): Promise<void> {
  await ownPostgres(client);
  await pause(LEARNED_WITHIN_MS);
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

/** Resolves when the connection has ended, or does not answer: of a half-open one, nobody is told. */
async function silenceOf(client: pg.Client, signal: AbortSignal): Promise<void> {
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
  for (;;) {
    const waiting = new AbortController();
    const aWhile = pause(ASKED_EVERY_MS, undefined, { signal: AbortSignal.any([signal, waiting.signal]) });
    await Promise.race([ended, aWhile.catch(() => {})]);
    waiting.abort();
    if (signal.aborted) return;
    try {
      await client.query('select 1');
    } catch {
      return;
    }
  }
}
