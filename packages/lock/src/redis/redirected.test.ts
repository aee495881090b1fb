import { createCalendar, defaultPolicy, instant, type LearnerId, type SessionId } from '@watchledger/rules';
import type { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import type { RedisConnection } from './connection.ts';
import { createRedisLock } from './lock.ts';
import { refusalIn } from './redirection.ts';

it('the clock of the node that stamped an answer is learned, not that of the node that sent the command there', async () => {
  const now = instant(1_000_000);
  const deadlines = { a: [] as unknown[], b: [] as unknown[] };
  const a = { status: 'ready', time: async () => [now / 1_000, 0] } as unknown as Redis;
  const connection = {
    client: {
      defineCommand: () => {},
      'watchledger:report': async (_key: string, ...args: unknown[]) => {
        deadlines.a.push(args.at(-1));
        throw new Error('ASK 7 b:6379');
      },
    },
    nodeOf: () => 'a:6379',
    onReady: (listener: (name: string, node: Redis) => void) => listener('a:6379', a),
    onGone: () => {},
    lookAgain: () => {},
    redirection: async () => ({
      node: 'b:6379',
      run: async (_lua: string, _key: string, args: readonly unknown[]) => {
        deadlines.b.push(args.at(-1));
        return 'late 2000000';
      },
    }),
  } as unknown as RedisConnection;
  const lock = createRedisLock({
    redis: connection,
    calendar: createCalendar('UTC'),
    terms: defaultPolicy,
    wallClock: () => now,
    patienceMs: 2_000,
  });
  await new Promise((resolve) => setImmediate(resolve));
  const heartbeat = () =>
    lock.report('u-1' as LearnerId, { sessionId: 's-1' as SessionId, claimMs: 0, state: 'playing' });
  await expect(heartbeat()).rejects.toThrow(/too late/);
  await expect(heartbeat()).rejects.toThrow(/too late/);
  expect(deadlines).toEqual({ a: [1_002_000, 1_002_000], b: [1_002_000, 2_002_000] });
});

it('of errors only a node’s sending elsewhere is a refusal, also in the words of ioredis', () => {
  const moved = 'Too many Cluster redirections. Last error: ReplyError: MOVED 12 10.0.0.7:6379';
  expect(refusalIn(new Error(moved))).toEqual({ kind: 'MOVED', node: '10.0.0.7:6379' });
  expect(refusalIn(new Error('ASK 12 redis-2.example:7000'))).toEqual({
    kind: 'ASK',
    node: 'redis-2.example:7000',
  });
  for (const other of ['MOVED 12 :6379', 'CLUSTERDOWN The cluster is down', 'Connection is closed.']) {
    expect(refusalIn(new Error(other))).toBeNull();
  }
});
