import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** One redis-server, or redis-sentinel, that runs for a test until it is killed. */
export interface RedisProcess {
  /** Kills it as a crash would. */
  kill(): Promise<void>;
  /** The same, without waiting: for a process that is going away itself. */
  killAtOnce(): void;
  /** Stops its execution, so that it hangs and answers nothing; and lets it go on. */
  freeze(): void;
  thaw(): void;
}

export const redisServer = () => process.env.REDIS_SERVER || 'redis-server';

const START_WITHIN_MS = 10_000;

/** Resolves once it says that it is ready; rejects with its output when it ends before, or takes too long. */
export async function startRedisProcess(program: string, args: readonly string[]): Promise<RedisProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const alive = () => child.exitCode === null && child.signalCode === null;
  const killAtOnce = () => void (alive() && child.kill('SIGKILL'));
  await untilReady(child).catch((error: unknown) => {
    killAtOnce();
    throw error;
  });
  return {
    kill: async () => {
      if (!alive()) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    killAtOnce,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

/** What a server says before it answers; a cluster's node, a replica and a sentinel say it alike. */
const READY = /Ready to accept connections|# Sentinel ID is|\+monitor/;

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`${child.spawnargs.join(' ')} ${why}\n${output}`));
    const timer = setTimeout(() => fail(`was not ready within ${START_WITHIN_MS} ms`), START_WITHIN_MS);
    child.once('error', reject);
    child.once('exit', (code) => fail(`ended with ${code}`));
    // Read to the end: a full pipe would stop the server.
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 10_000) output += text;
      if (!READY.test(output)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
