import { expect, test } from 'vitest';
import { startRedisCluster } from './redis-cluster.ts';

test('a cluster of the test: a killed primary is replaced by its replica, and comes back as one', async () => {
  const cluster = await startRedisCluster();
  for (const third of [0, 1, 2]) {
    const killed = await cluster.killPrimary(third);
    await cluster.healthy();
    const promoted = await cluster.primary(third);
    expect(promoted.port).not.toBe(killed.port);
    await cluster.restartNode(killed);
    expect(String(await killed.ask('INFO', 'replication'))).toContain(`master_port:${promoted.port}`);
  }
});
