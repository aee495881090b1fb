import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@watchledger/free-port';
import type { RedisLogin, RedisServerAddress } from './address.ts';
import { type RedisProcess, redisServer, startRedisProcess } from './redis-process.testing.ts';

/** A redis-server of the tests' own: empty at each start, reached by a socket file or over loopback. */
export interface RedisServer {
  /** By its socket file. */
  readonly address: RedisServerAddress;
  /** The same server over TCP. */
  readonly tcpAddress: RedisServerAddress;
  /** Starts the server anew after a `stop`, without data. */
  start(): Promise<void>;
  /** Kills the server as a crash would. */
  stop(): Promise<void>;
  /** Stops the server's execution, so that it hangs and answers nothing; and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Kills the server and removes its folder. */
  close(): Promise<void>;
}

export interface RedisServerOptions {
  /** More settings, such as `['--maxmemory', '1mb']`. */
  readonly settings?: readonly string[];
  /** Speaks TLS over TCP, with these settings. */
  readonly tlsSettings?: readonly string[];
}

export const nobody: RedisLogin = { user: null, password: null };

export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const { settings = [], tlsSettings } = options;
  const folder = await mkdtemp(join(tmpdir(), 'watchledger-redis-'));
  const socket = join(folder, 'redis.sock');
  const port = await freePort();
  const tls = tlsSettings !== undefined;
  const args = [
    ...(tls ? ['--port', '0', '--tls-port', String(port), ...tlsSettings] : ['--port', String(port)]),
    ...['--bind', '127.0.0.1', '--unixsocket', socket],
    ...['--save', '', '--appendonly', 'no', '--dir', folder],
    ...settings,
  ];
  let running: RedisProcess | null = null;

  async function start(): Promise<void> {
    running = await startRedisProcess(redisServer(), args);
  }
  async function stop(): Promise<void> {
    await running?.kill();
    running = null;
  }
  async function close(): Promise<void> {
    await stop();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  const common = { kind: 'server', login: nobody, database: 0 } as const;
  return {
    address: { ...common, at: { path: socket }, tls: false },
    tcpAddress: { ...common, at: { host: '127.0.0.1', port }, tls },
    start,
    stop,
    freeze: () => running?.freeze(),
    thaw: () => running?.thaw(),
    close,
  };
}
