import {
  type CoursewareId,
  createCalendar,
  createDayWindows,
  defaultPolicy,
  instant,
  type LearnerId,
  type SessionId,
} from '@watchledger/rules';
import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockContract } from '../lock.contract.ts';
import { LockUnavailable, type ViewingLock } from '../port.ts';
import { open } from '../protocol.ts';
import { connectRedis, type RedisConnection } from './connection.ts';
import { rowKey } from './keys.ts';
import { createRedisLock } from './lock.ts';
import { startLockUnderTest } from './lock-under-test.testing.ts';
import { type RedisServer, startRedisServer } from './redis-server.testing.ts';
import { setClock, setClockLua } from './set-clock.testing.ts';

const terms = defaultPolicy;
const calendar = createCalendar(terms.timeZone);
const learner = 'u-1' as LearnerId;
const sessionId = 's-1' as SessionId;
const opening = {
  sessionId,
  coursewareId: 'cw-1' as CoursewareId,
  clientId: null,
  takeOver: false,
  known: null,
};
const someRow = open(null, opening, instant(0), createDayWindows(calendar)(instant(0)), terms).reply.row;
const claim = { sessionId, claimMs: 0, state: 'playing' } as const;

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
  return () => server.close();
});

for (const [way, addressOf] of [
  ['a socket file', () => server.address],
  ['TCP', () => server.tcpAddress],
] as const) {
  describe(`the lock in Redis, over ${way}`, () => {
    lockContract((given) => startLockUnderTest(given, { address: addressOf() }));
  });
}

describe('the lock in Redis', () => {
  let redis: Redis;
  let lock: ViewingLock;
  let connection: RedisConnection;
  beforeEach(async () => {
    connection = await connectRedis({ address: server.address });
    redis = connection.client as Redis;
    await redis.flushall();
    lock = createRedisLock({ redis: connection, calendar, terms });
    return () => lock.close();
  });

  it('tells and stamps the time of Redis', async () => {
    const [seconds, micros] = await redis.time();
    const before = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    const opened = await lock.open(learner, opening);
    const after = await lock.now(learner);
    expect(Number.isInteger(opened.row.openedAt)).toBe(true);
    expect(opened.row.openedAt).toBeGreaterThanOrEqual(before);
    expect(opened.row.openedAt).toBeLessThanOrEqual(after);
  });

  it('lets a row outlive, by an hour, all that it may hold; then it is garbage', async () => {
    await lock.open(learner, opening);
    const left = await redis.pttl(rowKey(learner));
    expect(left).toBeGreaterThan(terms.release + 3_590_000);
    expect(left).toBeLessThanOrEqual(terms.release + 3_600_000);
  });

  it('touches no key but the learner’s: its user needs no other', async () => {
    await redis.call(
      'ACL',
      'SETUSER',
      'narrow',
      'on',
      '>narrow',
      'resetkeys',
      `~${rowKey(learner)}`,
      '+@all',
    );
    const address = { ...server.tcpAddress, login: { user: 'narrow', password: 'narrow' } };
    const narrow = createRedisLock({ redis: await connectRedis({ address }), calendar, terms });
    try {
      const { row } = await narrow.open(learner, opening);
      expect((await narrow.report(learner, claim)).kind).toBe('reported');
      expect(await narrow.adopt(learner, row, true)).toBe('adopted');
      expect((await narrow.end(learner, claim)).kind).toBe('ended');
      expect(await redis.keys('*')).toEqual([rowKey(learner)]);
      await expect(narrow.report('u-2' as LearnerId, claim)).rejects.toThrow(/NOPERM|permission/);
    } finally {
      await narrow.close();
      await redis.call('ACL', 'DELUSER', 'narrow');
    }
  });

  it('goes on when Redis has forgotten the scripts, under many commands at once', async () => {
    await lock.open(learner, opening);
    await redis.script('FLUSH');
    const replies = await Promise.all(Array.from({ length: 50 }, () => lock.report(learner, claim)));
    expect(new Set(replies.map(({ kind }) => kind))).toEqual(new Set(['reported']));
    expect((await lock.end(learner, claim)).kind).toBe('ended');
  });

  it('is trouble with the lock, not a wrong answer, when Redis refuses', async () => {
    await redis.sadd(rowKey(learner), 'not a text');
    await expect(lock.report(learner, claim)).rejects.toThrow(LockUnavailable);
  });

  it('runs nothing for a caller who has stopped waiting', async () => {
    let now = instant(1_772_326_800_000);
    await setClock(redis, now);
    const wallClock = () => now;
    const patient = createRedisLock({
      redis: connection,
      calendar,
      terms,
      clockLua: setClockLua,
      wallClock,
      patienceMs: 2_000,
    });
    await patient.open(learner, opening);
    await patient.report(learner, claim);

    await setClock(redis, instant(now + 2_001));
    await expect(patient.report(learner, { ...claim, claimMs: 2_000 })).rejects.toThrow('too late');
    now = instant(now + 2_001);
    expect(await patient.report(learner, { ...claim, claimMs: 2_001 })).toMatchObject({
      kind: 'reported',
      row: { watchedMs: 2_001, forfeitedMs: 0 },
    });
  });

  it('takes a row of another version for none: the ledger still knows the session', async () => {
    await redis.set(rowKey(learner), 'a row of another version');
    expect(await lock.report(learner, claim)).toEqual({ kind: 'elsewhere' });
    expect(await lock.open(learner, opening)).toMatchObject({ kind: 'opened' });
  });
});

describe('while Redis is away', () => {
  let redis: Redis;
  let lock: ViewingLock;
  const trouble: string[] = [];
  beforeEach(async () => {
    trouble.length = 0;
    const connection = await connectRedis({
      address: server.address,
      patienceMs: 300,
      onTrouble: (message) => trouble.push(message),
    });
    redis = connection.client as Redis;
    await redis.flushall();
    lock = createRedisLock({ redis: connection, calendar, terms });
    return () => lock.close();
  });

  const all = (): Promise<unknown>[] => [
    lock.now(learner),
    lock.health(),
    lock.open(learner, opening),
    lock.report(learner, claim),
    lock.end(learner, claim),
    lock.adopt(learner, someRow, false),
  ];
  const down = () => new Promise((resolve) => redis.once('close', resolve));
  const ready = () => new Promise((resolve) => redis.once('ready', resolve));

  it('every command fails at once, nothing runs later, and the lock heals by itself', async () => {
    const broken = down();
    await server.stop();
    await broken;

    const asked = performance.now();
    for (const answer of await Promise.allSettled(all())) {
      expect(answer.status === 'rejected' && answer.reason).toBeInstanceOf(LockUnavailable);
    }
    expect(performance.now() - asked).toBeLessThan(200);

    await expect.poll(() => trouble.join()).toMatch(/ECONNREFUSED|ENOENT/);
    const healed = ready();
    await server.start();
    await healed;
    expect(await redis.dbsize()).toBe(0);
    expect(await redis.info('commandstats')).not.toMatch(/cmdstat_(eval|evalsha|time):/);
    expect(await lock.report(learner, claim)).toEqual({ kind: 'elsewhere' });
    expect((await lock.open(learner, opening)).kind).toBe('opened');
  });

  it('commands that were under way when it fell fail, and are not sent again', async () => {
    server.freeze();
    const underWay = Promise.allSettled(all());
    await new Promise((resolve) => setImmediate(resolve));
    await server.stop();
    for (const answer of await underWay) {
      expect(answer.status === 'rejected' && answer.reason).toBeInstanceOf(LockUnavailable);
    }
    const healed = ready();
    await server.start();
    await healed;
    expect(await redis.dbsize()).toBe(0);
    expect(await redis.info('commandstats')).not.toMatch(/cmdstat_(eval|evalsha):/);
  });

  it('a Redis that hangs is given up after the command’s time-out, and the connection with it', async () => {
    const broken = down();
    server.freeze();
    try {
      const asked = performance.now();
      await expect(lock.report(learner, claim)).rejects.toThrow(LockUnavailable);
      expect(performance.now() - asked).toBeLessThan(2_000);
      await broken;
    } finally {
      server.thaw();
    }
    await expect.poll(() => lock.now(learner).catch(() => 0)).toBeGreaterThan(0);
    expect(await lock.report(learner, claim)).toEqual({ kind: 'elsewhere' });
  });

  it('a connection cannot be made: LockUnavailable says why', async () => {
    await server.stop();
    try {
      await expect(connectRedis({ address: server.tcpAddress })).rejects.toThrow(LockUnavailable);
      await expect(connectRedis({ address: server.tcpAddress })).rejects.toThrow(
        /cannot reach Redis: .*ECONNREFUSED/,
      );
    } finally {
      await server.start();
    }
  });
});
