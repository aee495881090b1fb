import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A redis-server of the tests' own: empty at each start, reached by a socket file or over loopback. */
export interface RedisServer {
  /** The socket file, as a connection's URL. */
  readonly url: string;
  /** The same server over TCP. */
  readonly tcpUrl: string;
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

const START_WITHIN_MS = 10_000;

export async function startRedisServer(): Promise<RedisServer> {
  const program = process.env.REDIS_SERVER || 'redis-server';
  const folder = await mkdtemp(join(tmpdir(), 'watchledger-redis-'));
  const socket = join(folder, 'redis.sock');
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const listening = ['--bind', '127.0.0.1', '--port', String(port), '--unixsocket', socket];
    const forgetful = ['--save', '', '--appendonly', 'no', '--dir', folder];
    const started = spawn(program, [...listening, ...forgetful], { stdio: 'ignore' });
    child = started;
    await Promise.race([untilReady(socket), unlessItFails(started, program)]);
  }

  async function stop(): Promise<void> {
    const stopping = child;
    child = undefined;
    if (stopping === undefined || stopping.exitCode !== null || stopping.signalCode !== null) return;
    const gone = once(stopping, 'exit');
    stopping.kill('SIGKILL');
    await gone;
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
  return {
    url: socket,
    tcpUrl: `redis://127.0.0.1:${port}`,
    start,
    stop,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    close,
  };
}

/** Fails when the program cannot be run (`once` throws the error) or ends by itself. */
async function unlessItFails(child: ChildProcess, program: string): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${program} ended at its start with ${code}`);
}

async function untilReady(socket: string): Promise<void> {
  const deadline = performance.now() + START_WITHIN_MS;
  while (performance.now() < deadline) {
    const probe = new Redis(socket, { lazyConnect: true, retryStrategy: null });
    probe.on('error', () => {});
    try {
      await probe.connect();
      await probe.ping();
      return;
    } catch {
      await pause(5);
    } finally {
      probe.disconnect();
    }
  }
  throw new Error(`redis-server was not ready within ${START_WITHIN_MS} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
