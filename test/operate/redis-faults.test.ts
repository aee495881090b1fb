import type { Readiness } from '@watchledger/contract';
import { makeCertificates } from '@watchledger/lock/testing/certificates';
import {
  primaryLogin,
  type RedisSentinels,
  sentinelLogin,
  startRedisSentinels,
} from '@watchledger/lock/testing/redis-sentinels';
import {
  type RedisServer,
  type RedisServerOptions,
  startRedisServer,
} from '@watchledger/lock/testing/redis-server';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { api, runCommand, startRedisCluster, startService } from '../harness/index.ts';

async function startServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const server = await startRedisServer(options);
  onTestFinished(() => server.close());
  return server;
}

function hostOf({ tcpAddress: { at } }: RedisServer): string {
  if (!('port' in at)) throw new Error('it has no port');
  return `127.0.0.1:${at.port}`;
}

/** Starts the service, which must fail, and returns the one line that it says. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { code, stderr } = await runCommand([], { PORT: '0', ...env });
  expect(code, stderr).toBe(1);
  const [line, ...more] = stderr.trimEnd().split('\n');
  expect(more).toEqual([]);
  expect(line).not.toMatch(/hunter2|sentinels only|primary and replica/);
  return line ?? '';
}

describe('a Redis that does not do stops the start with one line', () => {
  test('a wrong password', async () => {
    const host = hostOf(await startServer({ settings: ['--requirepass', 'word'] }));
    expect(await refusal({ REDIS_URL: `redis://:hunter2@${host}` })).toMatch(
      /^watchledger: REDIS_URL: .*WRONGPASS.*: the user or password is wrong/,
    );
    expect(await refusal({ REDIS_URL: `redis://${host}` })).toMatch(
      /REDIS_URL: .*NOAUTH.*demands a password/,
    );
  });

  test('evictions', async () => {
    const settings = ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'];
    const host = hostOf(await startServer({ settings }));
    expect(await refusal({ REDIS_URL: `redis://${host}` })).toMatch(
      /REDIS_URL: Redis evicts locks .*: set maxmemory-policy noeviction$/,
    );
  });

  test('a replica', async () => {
    const primary = hostOf(await startServer());
    const replica = hostOf(await startServer({ settings: ['--replicaof', ...primary.split(':')] }));
    expect(await refusal({ REDIS_URL: `redis://${replica}` })).toMatch(/REDIS_URL: this is a replica/);
  });

  test('several nodes that are no cluster', async () => {
    const [one, other] = [hostOf(await startServer()), hostOf(await startServer())];
    expect(await refusal({ REDIS_URL: `redis://${one},${other}` })).toMatch(
      /REDIS_URL: .*cluster support disabled.*name one host/,
    );
  });

  test('a database that it does not have', async () => {
    const host = hostOf(await startServer());
    expect(await refusal({ REDIS_URL: `redis://${host}/99` })).toMatch(/REDIS_URL: .*it has fewer databases/);
  });
});

describe('TLS', () => {
  test('an unknown authority is told how to be named, and then serves', async () => {
    const certificates = makeCertificates();
    onTestFinished(() => certificates.remove());
    const tlsSettings = [...certificates.settings, '--tls-auth-clients', 'no'];
    const host = hostOf(await startServer({ tlsSettings }));
    const REDIS_URL = `rediss://${host}`;
    expect(await refusal({ REDIS_URL })).toMatch(/REDIS_URL: .*certificate.*by REDIS_CA_FILE$/);
    expect(await refusal({ REDIS_URL, REDIS_CA_FILE: '/nowhere/ca.pem' })).toMatch(
      /REDIS_CA_FILE \/nowhere\/ca.pem cannot be read: ENOENT/,
    );
    expect(await refusal({ REDIS_URL: `redis://${host}` })).toMatch(/REDIS_URL: .*use rediss:\/\//);
    const service = await startService({ env: { REDIS_URL, REDIS_CA_FILE: certificates.caFile } });
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  });
});

describe('Sentinels', () => {
  let sentinels: RedisSentinels;
  beforeAll(async () => {
    sentinels = await startRedisSentinels();
    return () => sentinels.close();
  });
  const url = (name: string, password = sentinelLogin.password ?? '') => {
    const hosts = sentinels.address.sentinels.map(({ host, port }) => `${host}:${port}`);
    const [own, theirs] = [primaryLogin.password ?? '', password].map(encodeURIComponent);
    return `redis+sentinel://:${own}@${hosts}/${name}?password=${theirs}`;
  };

  test('that do not know the name, or the password', async () => {
    expect(await refusal({ REDIS_URL: url('minutes') })).toMatch(
      /REDIS_URL: .*no Sentinel knows a primary of the name/,
    );
    expect(await refusal({ REDIS_URL: url('hours', 'hunter2') })).toMatch(/REDIS_URL: .*WRONGPASS/);
  });

  test('lead the service from the primary that was killed to its successor', async () => {
    const service = await startService({ env: { REDIS_URL: url('hours') } });
    const readyz = async () => (await fetch(`${service.url}/readyz`)).status;
    expect(await readyz()).toBe(200);
    await sentinels.killPrimary();
    await expect.poll(readyz, { timeout: 5_000 }).toBe(503);
    await expect.poll(readyz, { timeout: 20_000 }).toBe(200);
  });
});

describe('a cluster', () => {
  test('a part of which is away degrades the service, whose other learners are served', async () => {
    const cluster = await startRedisCluster();
    const REDIS_URL = cluster.url;
    const service = await startService({ env: { REDIS_URL } });
    expect(service.logs()).toMatch(/warn .*: set cluster-require-full-coverage no/);
    for (const node of cluster.nodes) {
      await node.ask('CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
    }
    const readyz = async () => {
      const answer = await fetch(`${service.url}/readyz`);
      const { status, checks }: Readiness = JSON.parse(await answer.text());
      const failing = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail}`);
      return [answer.status, status, failing];
    };
    await expect.poll(readyz, { timeout: 5_000 }).toEqual([200, 'ok', []]);
    const [primary, replica] = [await cluster.primary(1), await cluster.replica(1)];
    replica.freeze();
    primary.freeze();
    const degraded = [200, 'degraded', ['lock does not answer for a part of the learners']];
    await expect.poll(readyz, { timeout: 10_000 }).toEqual(degraded);
    const opened = await Promise.all(
      Array.from({ length: 12 }, async (_, nth) => {
        const caller = api(service.url, service.token({ sub: `u${nth}`, scope: 'watch' }));
        return (await caller.post('/v1/sessions', { coursewareId: 'demo-video' })).status;
      }),
    );
    expect([...new Set(opened)].sort()).toEqual([201, 503]);
    expect(await readyz()).toEqual(degraded);
    replica.thaw();
    primary.thaw();
    await expect.poll(readyz, { timeout: 20_000 }).toEqual([200, 'ok', []]);
  });

  test('serves by any of its nodes, and none but its database 0', async () => {
    const cluster = await startRedisCluster();
    const [node] = cluster.nodes;
    const REDIS_URL = `redis://127.0.0.1:${node?.port}`;
    const service = await startService({ env: { REDIS_URL } });
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    expect(service.logs()).toMatch(/warn .*REDIS_URL: 127.0.0.1:\d+: Redis keeps nothing on disk/);
    expect(await refusal({ REDIS_URL: `${REDIS_URL}/1` })).toMatch(/REDIS_URL: .*no database but 0/);
  });
});
