import { freePort } from '@watchledger/free-port';
import { type Child, startChild } from './child.ts';
import { locate, redisServer } from './programs.ts';

/** A real Redis of the test's own, which keeps nothing on disk. */
export interface TestRedis {
  /** `redis://127.0.0.1:…`, the same through restarts. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it; without `restartEmpty` it stays away. */
  stop(): Promise<void>;
  /** Ends it if it runs, and starts it at the same address knowing nothing. */
  restartEmpty(): Promise<void>;
  /** Keeps it from answering, as a stalled machine would, until `resume`. */
  stall(): void;
  resume(): void;
}

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child = await start(port);
  const stop = async () => void (await child.end('SIGKILL'));
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid;
    },
    stop,
    async restartEmpty() {
      await stop();
      child = await start(port);
    },
    stall: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
  };
}

async function start(port: number): Promise<Child> {
  const settings = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', loglevel: 'notice' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = startChild(locate(redisServer), args);
  await child.says(/Ready to accept connections/, 10_000);
  return child;
}
