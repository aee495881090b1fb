import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { afterThisTest } from '../testing/temporary.ts';
import { postgresOfThisProcess } from '../testing/temporary-postgres.ts';
import { DatabaseOwned } from './ownership.ts';
import {
  ownPostgres,
  ownServedPostgres,
  type PostgresShareOptions,
  sharePostgres,
} from './postgres-ownership.ts';

const newUrl = async () => (await postgresOfThisProcess()).createDatabase();

async function share(options: PostgresShareOptions) {
  const held = await sharePostgres(options);
  let released = false;
  const release = async () => {
    if (!released) await held.release();
    released = true;
  };
  afterThisTest(release);
  return { release };
}

async function connected(connectionString: string) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  afterThisTest(() => client.end());
  return client;
}

/** The backends that hold a share, as PostgreSQL tells them. */
async function holders(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and granted and mode = 'ShareLock'
     and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.map(({ pid }) => pid);
}

test('several processes share a database, and a move waits until the last one has left', async () => {
  const url = await newUrl();
  const first = await share({ url });
  const second = await share({ url });
  const mover = await connected(url);
  await expect(ownPostgres(mover)).rejects.toThrow(DatabaseOwned);
  await first.release();
  await second.release();
  await ownPostgres(mover);
});

test('while a move is under way, no process begins to serve', async () => {
  const url = await newUrl();
  const mover = await connected(url);
  await ownPostgres(mover);
  await expect(sharePostgres({ url })).rejects.toThrow(/A move .* holds this database alone/);
  await mover.end();
  await expect.poll(() => share({ url }).then(() => 'shared', String)).toBe('shared');
});

test('a share whose connection breaks is taken anew, again and again', async () => {
  const url = await newUrl();
  const troubles: string[] = [];
  await share({ url, onTrouble: (message) => troubles.push(message) });
  const other = await connected(url);
  for (let round = 0; round < 3; round += 1) {
    const [pid] = await holders(other);
    await other.query('select pg_terminate_backend($1)', [pid]);
    await expect.poll(() => holders(other)).toEqual([expect.not.toBeOneOf([pid])]);
  }
});

/** Passes on to PostgreSQL until it goes silent: what is open then stays open and says nothing any more. */
async function silentLine(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (data) => void other.write(data));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterThisTest(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: through.href,
    goSilent() {
      for (const socket of sockets) socket.removeAllListeners('data').resume();
    },
  };
}

test('a share whose connection goes silent is taken anew', async () => {
  const url = await newUrl();
  const line = await silentLine(url);
  await share({ url: line.url });
  const other = await connected(url);
  const [pid] = await holders(other);
  line.goSilent();
  await expect.poll(() => holders(other), { timeout: 15_000 }).toContainEqual(expect.not.toBeOneOf([pid]));
});

test('a share between whose connections a move came is lost for good', async () => {
  const url = await newUrl();
  const troubles: string[] = [];
  const held = await sharePostgres({ url, onTrouble: (message) => troubles.push(message) });
  afterThisTest(() => held.release());
  const [other, mover] = [await connected(url), await connected(url)];
  expect(held.lost).toBe(false);
  // Whoever waits in PostgreSQL's own queue comes before a process that takes its share anew.
  const owned = mover.query('select pg_advisory_lock(7041003)');
  const [pid] = await holders(other);
  await other.query('select pg_terminate_backend($1)', [pid]);
  await owned;
  await expect.poll(() => held.lost, { timeout: 15_000 }).toBe(true);
  expect(troubles.join()).toMatch(/A move .* holds this database alone/);
  await mover.query('select pg_advisory_unlock_all()');
  expect(await holders(other)).toEqual([]);
  expect(held.lost).toBe(true);
});

test('a move of a served ledger begins when a process without its share has learned of it', async () => {
  const url = await newUrl();
  const line = await silentLine(url);
  const held = await sharePostgres({ url: line.url });
  afterThisTest(() => held.release());
  const [other, mover] = [await connected(url), await connected(url)];
  const [pid] = await holders(other);
  line.goSilent();
  await other.query('select pg_terminate_backend($1)', [pid]);
  await ownServedPostgres(mover);
  expect(held.lost).toBe(true);
}, 30_000);

test('a share is taken anew after PostgreSQL was away, and is released also while it is', async () => {
  const server = await postgresOfThisProcess();
  const troubles: string[] = [];
  const options = { url: await newUrl(), onTrouble: (message: string) => troubles.push(message) };
  const leaving = await share(options);
  await share(options);
  afterThisTest(() => (server.pid === -1 ? server.start() : undefined));
  await server.stop();
  await expect.poll(() => troubles.join(), { timeout: 5_000 }).toMatch(/ECONNREFUSED/);
  await leaving.release();
  await server.start();
  const other = await connected(options.url);
  await expect.poll(() => holders(other).then(({ length }) => length), { timeout: 5_000 }).toBe(1);
});

test('a database that is away says so as it does when it is opened', async () => {
  await expect(sharePostgres({ url: 'postgres://127.0.0.1:1/ledger' })).rejects.toThrow(
    'Cannot open the PostgreSQL database 127.0.0.1:1/ledger: connect ECONNREFUSED 127.0.0.1:1',
  );
});
