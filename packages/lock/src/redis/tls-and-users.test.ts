import {
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  type LearnerId,
  type SessionId,
} from '@watchledger/rules';
import type { Redis } from 'ioredis';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { lockContract } from '../lock.contract.ts';
import { type Certificates, makeCertificates } from './certificates.testing.ts';
import { connectRedis } from './connection.ts';
import { inspectRedis } from './inspect.ts';
import { createRedisLock } from './lock.ts';
import { startLockUnderTest } from './lock-under-test.testing.ts';
import { type RedisServer, startRedisServer } from './redis-server.testing.ts';
import { neededRights } from './rights.ts';

const terms = defaultPolicy;
const calendar = createCalendar(terms.timeZone);
const learner = 'u-1' as LearnerId;
const session = { sessionId: 's-1' as SessionId, claimMs: 0, state: 'playing' as const };
const opening = {
  ...session,
  coursewareId: 'cw-1' as CoursewareId,
  clientId: null,
  takeOver: false,
  known: null,
};

let certificates: Certificates;
let server: RedisServer;
beforeAll(async () => {
  certificates = makeCertificates();
  const tlsSettings = [...certificates.settings, '--tls-auth-clients', 'no'];
  server = await startRedisServer({ tlsSettings });
  const { client } = await connectRedis({ address: server.address });
  const user = (name: string, rights: string) =>
    client.call('ACL', 'SETUSER', name, 'reset', 'on', '>pa/ss:w@rd', ...rights.split(' '));
  await user('narrow', neededRights);
  await user('tester', `${neededRights} ~test:now:* +flushall +del`);
  await user('timeless', neededRights.replace('+time ', ''));
  await user('silent', neededRights.replace('+info', '-info'));
  client.disconnect();
  return async () => {
    await server.close();
    certificates.remove();
  };
});

const as = (user: string, password = 'pa/ss:w@rd') => ({
  address: { ...server.tcpAddress, login: { user, password } },
  certificates: certificates.ca,
});

describe('the lock in Redis, by a user over TLS', () => {
  lockContract((given) => startLockUnderTest(given, as('tester')));
});

describe('a user of Redis', () => {
  it('needs the rights that are documented, and no more', async () => {
    const redis = await connectRedis(as('narrow'));
    const lock = createRedisLock({ redis, calendar, terms, patienceMs: 2_000 });
    try {
      expect((await inspectRedis(redis)).faults).toEqual([]);
      expect(await lock.now(learner)).toBeGreaterThan(0);
      const { row } = await lock.open(learner, opening);
      expect((await lock.report(learner, session)).kind).toBe('reported');
      expect(await lock.adopt(learner, row, true)).toBe('adopted');
      expect((await lock.end(learner, session)).kind).toBe('ended');
      await expect(redis.client.get('other')).rejects.toThrow('NOPERM');
    } finally {
      await lock.close();
    }
  });

  it('that may not ask what Redis is, is no fault', async () => {
    // ioredis tells every process that it cannot ask.
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const redis = await connectRedis(as('silent'));
    expect(await inspectRedis(redis)).toEqual({ faults: [], warnings: [] });
    redis.close();
  });

  it.each([
    ['a wrong password', () => as('narrow', 'wrong'), /WRONGPASS/],
    ['an unknown user', () => as('nobody'), /WRONGPASS/],
  ])('%s is refused in one line', async (_, options, message) => {
    await expect(connectRedis(options())).rejects.toThrow(message);
  });

  it('without a right is told so', async () => {
    const lock = createRedisLock({ redis: await connectRedis(as('timeless')), calendar, terms });
    await expect(lock.health()).rejects.toThrow(/NOPERM/);
    await lock.close();
  });
});

describe('over TLS', () => {
  it('a private authority must be named', async () => {
    await expect(connectRedis({ address: server.tcpAddress })).rejects.toThrow(/certificate.*\(.*\)/);
  });

  it('a server that does not speak it is told', async () => {
    const plain = await startRedisServer();
    const address = { ...plain.tcpAddress, tls: true };
    await expect(connectRedis({ address })).rejects.toThrow(/cannot reach Redis/);
    await plain.close();
  });

  it('a client that does not speak it is told', async () => {
    const address = { ...server.tcpAddress, tls: false };
    await expect(connectRedis({ address })).rejects.toThrow(/cannot reach Redis/);
  });

  it('a server may demand a certificate of ours', async () => {
    const strict = await startRedisServer({
      tlsSettings: [...certificates.settings, '--tls-auth-clients', 'yes'],
    });
    try {
      const address = strict.tcpAddress;
      const redis = await connectRedis({ address, certificates: certificates.client });
      expect(await (redis.client as Redis).ping()).toBe('PONG');
      redis.close();
      await expect(connectRedis({ address, certificates: certificates.ca })).rejects.toThrow(
        /cannot reach Redis/,
      );
    } finally {
      await strict.close();
    }
  });
});
