import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@watchledger/free-port';
import pg from 'pg';
import { postgresPrograms, postgresUser } from './postgres-programs.ts';
import { copyOfTemplate } from './postgres-template.ts';
import { appointUndertaker, letGo } from './undertaker.ts';

export interface PostgresServerOptions {
  /** Of the user postgres; without one everybody on this machine is let in. */
  readonly password?: string;
  /** Settings that differ from what this server comes with, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Starts as a copy of this server that follows it and takes no writes. */
  readonly replicaOf?: PostgresServer;
}

/** A real PostgreSQL of the test's own, on 127.0.0.1 and a socket file, for the user postgres. */
export interface PostgresServer {
  /** Of one of its databases, by default the one named postgres; the same through restarts. */
  url(database?: string): string;
  /** The same by the socket file. */
  socketUrl(database?: string): string;
  readonly port: number;
  /** Of the present server process; it changes with each start. */
  readonly pid: number;
  readonly dataFolder: string;
  /** A fresh, empty database, whose language sorts otherwise than bytes do; answers with its url. */
  createDatabase(): Promise<string>;
  /** SIGTERM waits for clients, SIGINT (the default) ends them, SIGQUIT leaves recovery to the next start. */
  stop(signal?: 'SIGTERM' | 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** At the same address. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** SIGKILL, sent before this returns. */
  kill(): Promise<void>;
  /** Ends it, and its data is gone. */
  close(): Promise<void>;
}

const run = promisify(execFile);

/**
 * For tests and demonstrations: starts a PostgreSQL whose commits reach the disk. It ends with `close()`, and also
 * when this process ends in whatever way.
 */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  const user = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), 'wl-postgres-'));
  const dataFolder = join(folder, 'data');
  chmodSync(folder, 0o755);
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const asUser = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  const undertaker = appointUndertaker(folder);
  const port = await freePort();
  let server: Running | null = null;
  let databases = 0;

  function urlBy(host: string, database: string): string {
    const password = options.password === undefined ? '' : `:${encodeURIComponent(options.password)}`;
    return `postgres://postgres${password}@${host}:${port}/${database}`;
  }

  async function start(): Promise<void> {
    const settings = {
      port: String(port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: folder,
      max_connections: '200',
      lc_messages: 'C',
      ...options.settings,
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = await startedServer(() =>
      spawn(join(programs, 'postgres'), ['-D', dataFolder, ...args], {
        ...asUser,
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    );
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server;
    server = null;
    ending?.child.ref();
    ending?.child.kill(signal);
    await ending?.ended;
  }

  try {
    if (options.replicaOf !== undefined) await copy(options.replicaOf);
    else if (options.password !== undefined) await initialise();
    else await copyOfTemplate(basename(dirname(programs)), dataFolder, user, initialise);
    await start();
  } catch (error) {
    await undertaker.dismiss();
    throw error;
  }

  async function initialise(): Promise<void> {
    const language = await languageArguments(join(programs, 'initdb'));
    const passwordFile = join(folder, 'password');
    if (options.password !== undefined) writeFileSync(passwordFile, options.password, { mode: 0o644 });
    const access =
      options.password === undefined
        ? ['--auth=trust']
        : ['--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    await run(
      join(programs, 'initdb'),
      ['-D', dataFolder, '-U', 'postgres', '--no-sync', '--encoding=UTF8', ...language, ...access],
      asUser,
    );
  }

  async function copy(primary: PostgresServer): Promise<void> {
    const source = ['-d', primary.url(), '-D', dataFolder];
    await run(join(programs, 'pg_basebackup'), [...source, '-R', '-c', 'fast', '--no-sync'], asUser);
  }

  return {
    url: (database = 'postgres') => urlBy('127.0.0.1', database),
    socketUrl: (database = 'postgres') => urlBy(encodeURIComponent(folder), database),
    port,
    get pid() {
      return server?.child.pid ?? -1;
    },
    dataFolder,
    async createDatabase() {
      databases += 1;
      const name = `ledger_${databases}`;
      const client = new pg.Client({ connectionString: urlBy('127.0.0.1', 'postgres') });
      await client.connect();
      try {
        await client.query(`create database ${name}`);
      } finally {
        await client.end();
      }
      return urlBy('127.0.0.1', name);
    },
    stop: (signal = 'SIGINT') => end(signal),
    start,
    async restart() {
      await end('SIGINT');
      await start();
    },
    kill: () => end('SIGKILL'),
    async close() {
      const pid = server?.child.pid;
      const atLast = setTimeout(() => pid !== undefined && process.kill(pid, 'SIGKILL'), 10_000);
      await end('SIGQUIT');
      clearTimeout(atLast);
      await undertaker.dismiss();
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

const patienceMs = 30_000;

/** After SIGKILL the processes of the server before still hold its memory for a moment. */
const heldByTheOneBefore = /pre-existing shared memory block|lock file ".*" already exists/;

async function startedServer(spawnServer: () => ChildProcess): Promise<Running> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const child = spawnServer();
    // The undertaker ends it: it keeps nobody from going away.
    child.unref();
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => resolve());
    });
    const log = await readyOrLog(child, ended);
    if (log === null) return { child, ended };
    if (!heldByTheOneBefore.test(log) || performance.now() > giveUpAt) {
      throw new Error(`PostgreSQL does not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Null when it takes connections; what it wrote when it ended before that. */
function readyOrLog(child: ChildProcess, ended: Promise<void>): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let log = '';
    const look = (chunk: string) => {
      log += chunk;
      if (!/ready to accept (read-only )?connections/.test(log)) return;
      child.stderr?.off('data', look).resume();
      letGo(child.stderr);
      resolve(null);
    };
    child.stderr?.setEncoding('utf8').on('data', look);
    ended.then(() => resolve(log), reject);
  });
}

/** A natural language where this PostgreSQL knows any: only then does a test see whether ids compare as bytes. */
async function languageArguments(initdb: string): Promise<string[]> {
  const { stdout } = await run(initdb, ['--help']);
  const natural = stdout.includes('--icu-locale') ? ['--locale-provider=icu', '--icu-locale=en-US'] : [];
  return ['--locale=C.UTF-8', ...natural];
}
