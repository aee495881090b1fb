import { describe, expect, test } from 'vitest';
import { judgeRedis, type NodeReport } from './requirements.ts';

const MB = 1_024 * 1_024;

function node(info: Record<string, string | number> = {}, rest: Partial<NodeReport> = {}): NodeReport {
  const facts = {
    redis_version: '7.2.4',
    role: 'master',
    used_memory: MB,
    maxmemory: 0,
    maxmemory_policy: 'noeviction',
    aof_enabled: 1,
    ...info,
  };
  const lines = Object.entries(facts).map(([name, value]) => `${name}:${value}`);
  return {
    name: 'a:6379',
    info: `# Server\r\n${lines.join('\r\n')}\r\n`,
    save: '',
    fullCoverage: null,
    cluster: null,
    ...rest,
  };
}
const faultsOf = (...nodes: NodeReport[]) => judgeRedis(nodes).faults;
const warningsOf = (...nodes: NodeReport[]) => judgeRedis(nodes).warnings;

test('a Redis that suits is told nothing', () => {
  expect(judgeRedis([node()])).toEqual({ faults: [], warnings: [] });
});

test('what a user may not ask is not held against Redis', () => {
  const silent = { name: 'a', info: null, save: null, fullCoverage: null, cluster: null };
  expect(judgeRedis([silent])).toEqual({ faults: [], warnings: [] });
});

describe('a start is refused', () => {
  test.each(['2.8.24', '5.0.14', '6.0.20', '6.1.0'])('with Redis %s', (redis_version) => {
    expect(faultsOf(node({ redis_version }))).toEqual([
      `Redis ${redis_version} is too old: 6.2 or newer is needed`,
    ]);
  });

  test.each(['6.2.0', '7.0.15', '8.2.1', '10.0.0'])('not with Redis %s', (redis_version) => {
    expect(faultsOf(node({ redis_version }))).toEqual([]);
  });

  test.each(['allkeys-lru', 'volatile-ttl', 'allkeys-random'])('with evictions by %s', (policy) => {
    expect(faultsOf(node({ maxmemory: 1_000 * MB, maxmemory_policy: policy }))).toEqual([
      expect.stringMatching(new RegExp(`evicts .*${policy}.*: set maxmemory-policy noeviction$`)),
    ]);
  });

  test('not with a policy that never comes into play, as memory is unlimited', () => {
    expect(faultsOf(node({ maxmemory: 0, maxmemory_policy: 'allkeys-lru' }))).toEqual([]);
  });

  test('by a replica', () => {
    expect(faultsOf(node({ role: 'slave' }))).toEqual([expect.stringMatching(/replica.*primary/)]);
  });

  test('by a cluster that does not serve all slots', () => {
    expect(faultsOf(node({}, { cluster: 'cluster_state:fail\r\ncluster_slots_ok:10923\r\n' }))).toEqual([
      expect.stringMatching(/cluster is down/),
    ]);
    expect(faultsOf(node({}, { cluster: 'cluster_state:ok\r\n' }))).toEqual([]);
  });
});

describe('a warning says what to set', () => {
  test('where nothing is kept on disk', () => {
    expect(warningsOf(node({ aof_enabled: 0 }))).toEqual([expect.stringMatching(/set appendonly yes/)]);
    expect(warningsOf(node({ aof_enabled: 0 }, { save: '3600 1' }))).toEqual([]);
    expect(warningsOf(node({ aof_enabled: 0 }, { save: null }))).toEqual([]);
  });

  test('where memory is nearly full', () => {
    expect(warningsOf(node({ maxmemory: 5 * MB, used_memory: MB }))).toEqual([
      expect.stringMatching(/about 10485 learners more.*raise maxmemory/),
    ]);
    expect(warningsOf(node({ maxmemory: MB, used_memory: 2 * MB }))).toEqual([
      expect.stringMatching(/about 0 learners/),
    ]);
    expect(warningsOf(node({ maxmemory: 100 * MB }))).toEqual([]);
  });
});

describe('a cluster that refuses all learners while a shard is away', () => {
  const demanding = { fullCoverage: 'yes', cluster: 'cluster_state:ok\r\n' };

  test('is told once what to set', () => {
    expect(warningsOf(node({}, demanding), node({}, demanding))).toEqual([
      expect.stringMatching(/set cluster-require-full-coverage no on every node/),
    ]);
  });

  test('and not where that is set, nor a server alone, which has the setting too', () => {
    expect(warningsOf(node({}, { ...demanding, fullCoverage: 'no' }))).toEqual([]);
    expect(warningsOf(node({}, { fullCoverage: 'yes' }))).toEqual([]);
  });
});

test('what is wrong with a replica is a warning, as long as it is one', () => {
  const evicting = node({ role: 'slave', maxmemory: 1_000 * MB, maxmemory_policy: 'allkeys-lru' });
  const old = node({ role: 'slave', redis_version: '6.0.20', aof_enabled: 0 });
  expect(judgeRedis([node()], [evicting, { ...old, name: 'b:6379' }])).toEqual({
    faults: [],
    warnings: [
      expect.stringMatching(/^replica a:6379: Redis evicts .*: set maxmemory-policy noeviction$/),
      expect.stringMatching(/^replica b:6379: Redis 6.0.20 is too old/),
      expect.stringMatching(/^replica b:6379: Redis keeps nothing on disk/),
    ],
  });
});

test('of several nodes each line names the one', () => {
  const evicting = { ...node({ maxmemory: 1_000 * MB, maxmemory_policy: 'allkeys-lru' }), name: 'b:6379' };
  expect(faultsOf(node(), evicting)).toEqual([expect.stringMatching(/^b:6379: Redis evicts/)]);
});
