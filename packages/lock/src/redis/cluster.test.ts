import {
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  type LearnerId,
  type SessionId,
} from '@watchledger/rules';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { lockContract } from '../lock.contract.ts';
import { LockUnavailable, type ViewingLock } from '../port.ts';
import { connectRedis, type RedisConnection } from './connection.ts';
import { inspectRedis } from './inspect.ts';
import { rowKey, slotOf } from './keys.ts';
import { createRedisLock } from './lock.ts';
import { startLockUnderTest } from './lock-under-test.testing.ts';
import { type Node, type RedisCluster, startRedisCluster } from './redis-cluster.testing.ts';
import { clusterRights, neededRights } from './rights.ts';

const terms = defaultPolicy;
const calendar = createCalendar(terms.timeZone);
const patienceMs = 1_000;

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startRedisCluster();
  return () => cluster.close();
}, 60_000);

describe('the lock in a Redis Cluster', () => {
  lockContract((given) => startLockUnderTest(given, { address: cluster.address }));
});

/** Learners of each third of the slots. */
function learnersOf(third: number, count: number): LearnerId[] {
  const learners: LearnerId[] = [];
  for (let nth = 0; learners.length < count; nth += 1) {
    const learner = `u-${third}-${nth}` as LearnerId;
    if (Math.floor(slotOf(learner) / 5_461.4) === third) learners.push(learner);
  }
  return learners;
}
const thirds = [0, 1, 2] as const;
const opening = (learner: LearnerId) => ({
  sessionId: `s-${learner}` as SessionId,
  coursewareId: 'cw-1' as CoursewareId,
  clientId: null,
  takeOver: false,
  known: null,
});
const claim = (learner: LearnerId, claimMs: number) => ({
  sessionId: `s-${learner}` as SessionId,
  claimMs,
  state: 'playing' as const,
});

describe('a cluster', () => {
  let redis: RedisConnection;
  let lock: ViewingLock;
  beforeEach(async () => {
    redis = await connectRedis({ address: cluster.address, patienceMs });
    lock = createRedisLock({ redis, calendar, terms, patienceMs });
    return () => lock.close();
  });

  it('is found from any one of its nodes', async () => {
    const login = { user: null, password: null };
    for (const at of cluster.address.nodes) {
      const found = await connectRedis({ address: { kind: 'server', at, login, tls: false, database: 0 } });
      expect(found.primaries().size).toBe(3);
      found.close();
    }
  });

  it('lets a user in who has the rights that are documented, and no more', async () => {
    const rights = `${neededRights} ${clusterRights}`.split(' ');
    for (const node of cluster.nodes) {
      await node.ask('ACL', 'SETUSER', 'narrow', 'reset', 'on', '>word', ...rights);
    }
    const login = { user: 'narrow', password: 'word' };
    const connection = await connectRedis({ address: { ...cluster.address, login }, patienceMs });
    const narrow = createRedisLock({ redis: connection, calendar, terms, patienceMs });
    try {
      expect(await inspectRedis(connection)).toEqual({ faults: [], warnings: [] });
      expect(await narrow.health()).toMatchObject({ away: 0 });
      for (const third of thirds) {
        const [learner] = learnersOf(third, 1) as [LearnerId];
        const { row } = await narrow.open(learner, opening(learner));
        expect((await narrow.report(learner, claim(learner, 0))).kind).toBe('reported');
        expect(await narrow.adopt(learner, row, true)).toBe('adopted');
        expect((await narrow.end(learner, claim(learner, 0))).kind).toBe('ended');
      }
    } finally {
      await narrow.close();
    }
    const wrong = { ...cluster.address, login: { user: 'narrow', password: 'wrong' } };
    await expect(connectRedis({ address: wrong })).rejects.toThrow(/cannot reach Redis: .*WRONGPASS/);
  });

  it('holds its locks on every primary', async () => {
    await Promise.all([...redis.primaries().values()].map((node) => node.flushall()));
    const learners = thirds.flatMap((third) => learnersOf(third, 20));
    await Promise.all(learners.map((learner) => lock.open(learner, opening(learner))));
    const held = await Promise.all([...redis.primaries().values()].map((node) => node.dbsize()));
    expect(held).toEqual([20, 20, 20]);
  });

  it('tells a learner’s time by the primary that stamps it, and all in all by the one that is furthest off', async () => {
    for (const third of thirds) {
      const [learner] = learnersOf(third, 1) as [LearnerId];
      const { port } = await cluster.primary(third);
      expect(redis.nodeOf(learner)).toBe(`127.0.0.1:${port}`);
      const { row } = await lock.open(learner, { ...opening(learner), takeOver: true });
      expect(await lock.now(learner)).toBeGreaterThanOrEqual(row.openedAt);
    }
    expect(await lock.health()).toMatchObject({ away: 0 });
  });

  it('is inspected on every primary, and on every replica, which may be promoted', async () => {
    expect(await inspectRedis(redis)).toEqual({
      faults: [],
      warnings: [
        ...thirds.map(() => expect.stringMatching(/^127\.0\.0\.1:\d+: Redis keeps nothing on disk/)),
        ...thirds.map(() => expect.stringMatching(/^replica 127\.0\.0\.1:\d+: Redis keeps nothing on disk/)),
        expect.stringMatching(/^the cluster refuses all learners .*: set cluster-require-full-coverage no/),
      ],
    });
    const replica = await cluster.replica(1);
    await replica.ask('CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    const { faults: none, warnings } = await inspectRedis(redis);
    await replica.ask('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
    expect(none).toEqual([]);
    expect(warnings).toContainEqual(
      expect.stringMatching(new RegExp(`^replica 127.0.0.1:${replica.port}: Redis evicts`)),
    );
    const node = await cluster.primary(1);
    await node.ask('CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    const { faults } = await inspectRedis(redis);
    await node.ask('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^127.0.0.1:${node.port}: Redis evicts`))]);
  });
});

describe('while a primary of a cluster is away', () => {
  let redis: RedisConnection;
  let lock: ViewingLock;
  const trouble: string[] = [];

  async function connect(patience: number): Promise<void> {
    trouble.length = 0;
    const onTrouble = (message: string) => trouble.push(message);
    redis = await connectRedis({ address: cluster.address, patienceMs: patience, onTrouble });
    lock = createRedisLock({ redis, calendar, terms, patienceMs: patience });
    onTestFinished(() => lock.close());
    await Promise.all([...redis.primaries().values()].map((node) => node.flushall()));
    await lock.health();
  }

  /** One more heartbeat of each; resolves with those that were refused. */
  async function heartbeats(learners: readonly LearnerId[], claimMs: number): Promise<LearnerId[]> {
    const replies = await Promise.allSettled(
      learners.map((learner) => lock.report(learner, claim(learner, claimMs))),
    );
    for (const reply of replies) {
      if (reply.status === 'fulfilled') expect(reply.value.kind).toBe('reported');
      else expect(reply.reason).toBeInstanceOf(LockUnavailable);
    }
    return learners.filter((_, nth) => replies[nth]?.status === 'rejected');
  }

  it.each(thirds)(
    'killed (third %d): its commands fail at once and none of them runs later; its replica goes on',
    async (third) => {
      await connect(patienceMs);
      const learners = learnersOf(third, 10);
      const others = learnersOf((third + 1) % 3, 10);
      await Promise.all([...learners, ...others].map((learner) => lock.open(learner, opening(learner))));
      expect(await heartbeats([...learners, ...others], 1)).toEqual([]);
      for (const node of cluster.nodes) await node.ask('CONFIG', 'RESETSTAT');

      const killed = await cluster.killPrimary(third);
      let [slowest, refused, acknowledged] = [0, 0, 0];
      async function beat(): Promise<number> {
        const asked = performance.now();
        const [own] = await Promise.all([heartbeats(learners, 2), heartbeats(others, 2)]);
        slowest = Math.max(slowest, performance.now() - asked);
        refused += own.length;
        acknowledged += learners.length - own.length;
        return own.length;
      }
      await expect.poll(beat, { timeout: 20_000, interval: 20 }).toBe(0);

      expect(refused).toBeGreaterThan(learners.length);
      expect(slowest).toBeLessThan(patienceMs);
      expect(trouble.join()).toMatch(/ECONNREFUSED|ECONNRESET|closed/i);
      const promoted = await cluster.primary(third);
      expect(promoted.port).not.toBe(killed.port);
      expect(await scriptsRun(promoted)).toBe(acknowledged);

      // Whoever is sent something in the moment in which a node comes back may be told to come again.
      await cluster.restartNode(killed);
      await expect.poll(beat, { timeout: 5_000 }).toBe(0);
    },
    60_000,
  );

  it('and so is its replica: the others serve on, tell their time, and say that a part is away', async () => {
    await connect(300);
    await demandAllSlots('no');
    onTestFinished(() => demandAllSlots('yes'));
    expect((await inspectRedis(redis)).warnings.join()).not.toContain('full-coverage');
    const [primary, replica] = [await cluster.primary(0), await cluster.replica(0)];
    const [other] = learnersOf(1, 1) as [LearnerId];
    primary.freeze();
    replica.freeze();
    try {
      for (let nth = 0; nth < 5; nth += 1) expect(await lock.health()).toMatchObject({ away: 1 });
      expect((await lock.open(other, { ...opening(other), takeOver: true })).kind).toBe('opened');
    } finally {
      replica.thaw();
      primary.thaw();
    }
    await cluster.healthy();
    await expect.poll(() => lock.health(), { timeout: 5_000 }).toMatchObject({ away: 0 });
  }, 30_000);

  it('and all its slots are demanded: no node counts as one that serves', async () => {
    await connect(300);
    const [primary, replica] = [await cluster.primary(0), await cluster.replica(0)];
    primary.freeze();
    replica.freeze();
    try {
      await expect
        .poll(() => lock.health().then(() => 'serves', String), { timeout: 10_000 })
        .toMatch(/LockUnavailable: Redis refuses commands: .*the cluster is down/);
    } finally {
      replica.thaw();
      primary.thaw();
    }
    await cluster.healthy();
    await expect.poll(() => lock.health().catch(() => null), { timeout: 5_000 }).toMatchObject({ away: 0 });
  }, 30_000);

  it('stalled: what it was sent is given up, and changes nothing when it runs after all', async () => {
    await connect(300);
    const [learner] = learnersOf(0, 1) as [LearnerId];
    await lock.open(learner, opening(learner));
    const before = await redis.client.get(rowKey(learner));
    const node = await cluster.primary(0);
    node.freeze();
    await expect(lock.report(learner, claim(learner, 1))).rejects.toThrow(LockUnavailable);
    node.thaw();
    await expect.poll(() => scriptsRun(node)).toBeGreaterThanOrEqual(2);
    await cluster.healthy();
    await expect.poll(() => lock.now(learner).catch(() => 0)).toBeGreaterThan(0);
    expect(await redis.client.get(rowKey(learner))).toBe(before);
    expect((await lock.report(learner, claim(learner, 1))).kind).toBe('reported');
  }, 30_000);
});

async function demandAllSlots(answer: 'yes' | 'no'): Promise<void> {
  for (const node of cluster.nodes) await node.ask('CONFIG', 'SET', 'cluster-require-full-coverage', answer);
}

async function scriptsRun(node: Node): Promise<number> {
  const stats = String(await node.ask('INFO', 'commandstats'));
  const calls = [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].map(([, count]) => Number(count));
  return calls.reduce((sum, count) => sum + count, 0);
}
