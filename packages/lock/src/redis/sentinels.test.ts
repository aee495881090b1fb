import {
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  type LearnerId,
  type SessionId,
} from '@watchledger/rules';
import { beforeAll, describe, expect, it } from 'vitest';
import { LockUnavailable } from '../port.ts';
import { makeCertificates } from './certificates.testing.ts';
import { connectRedis } from './connection.ts';
import { inspectRedis } from './inspect.ts';
import { createRedisLock } from './lock.ts';
import { type RedisSentinels, startRedisSentinels } from './redis-sentinels.testing.ts';

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
const claim = (claimMs: number) => ({ sessionId, claimMs, state: 'playing' as const });

let sentinels: RedisSentinels;
beforeAll(async () => {
  sentinels = await startRedisSentinels();
  return () => sentinels.close();
}, 60_000);

describe('Sentinels', () => {
  it('do not know every name', async () => {
    const address = { ...sentinels.address, name: 'minutes' };
    await expect(connectRedis({ address })).rejects.toThrow(/No such master with that name/);
  });

  it('demand a password of their own', async () => {
    const nobody = { user: null, password: null };
    await expect(connectRedis({ address: { ...sentinels.address, sentinelLogin: nobody } })).rejects.toThrow(
      /NOAUTH/,
    );
    await expect(connectRedis({ address: { ...sentinels.address, login: nobody } })).rejects.toThrow(
      /NOAUTH/,
    );
  });

  it('are away: one line says so', async () => {
    const address = { ...sentinels.address, sentinels: [{ host: '127.0.0.1', port: 1 }] };
    await expect(connectRedis({ address })).rejects.toThrow(
      /cannot reach Redis: 127.0.0.1:1: .*ECONNREFUSED/,
    );
  });

  it('may speak TLS, and so may those they watch', async () => {
    const certificates = makeCertificates();
    const guarded = await startRedisSentinels(certificates);
    try {
      const { address } = guarded;
      const redis = await connectRedis({ address, certificates: certificates.ca });
      expect(await redis.primaries().get('primary')?.ping()).toBe('PONG');
      redis.close();
      await expect(connectRedis({ address })).rejects.toThrow(/cannot reach Redis: .*certificate/);
    } finally {
      await guarded.close();
      certificates.remove();
    }
  }, 40_000);

  it('tell of a replica that would evict once it is promoted', async () => {
    const { address } = sentinels;
    const redis = await connectRedis({ address });
    const replica = await redis.replicas();
    const [[name, node] = []] = [...replica.nodes];
    await node?.config('SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    const { faults, warnings } = await inspectRedis(redis);
    await node?.config('SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
    replica.close();
    redis.close();
    expect(faults).toEqual([]);
    expect(warnings).toContainEqual(expect.stringMatching(new RegExp(`^replica ${name}: Redis evicts`)));
  });

  it('promote the replica: commands fail at once until then, and go on by themselves', async () => {
    const patienceMs = 1_000;
    const { address } = sentinels;
    // One that is away does not matter.
    const some = { ...address, sentinels: [{ host: '127.0.0.1', port: 1 }, ...address.sentinels] };
    const redis = await connectRedis({ address: some, patienceMs });
    const lock = createRedisLock({ redis, calendar, terms, patienceMs });
    try {
      await lock.open(learner, opening);
      await lock.report(learner, claim(1));
      const before = await sentinels.primaryPort();
      await sentinels.killPrimary();

      let slowest = 0;
      let refused = 0;
      const beat = async () => {
        const asked = performance.now();
        try {
          return (await lock.report(learner, claim(2))).kind;
        } catch (error) {
          expect(error).toBeInstanceOf(LockUnavailable);
          refused += 1;
          return 'refused';
        } finally {
          slowest = Math.max(slowest, performance.now() - asked);
        }
      };
      await expect.poll(beat, { timeout: 20_000, interval: 20 }).toBe('reported');
      expect(refused).toBeGreaterThan(1);
      expect(slowest).toBeLessThan(patienceMs);
      expect(await sentinels.primaryPort()).not.toBe(before);
      expect(await lock.now(learner)).toBeGreaterThan(0);
    } finally {
      await lock.close();
    }
  }, 40_000);
});
