import {
  type Deployment,
  startPostgres,
  startRedisCluster,
  startService,
  type TestPostgres,
  type TestRedisCluster,
  type TestService,
} from '../harness/index.ts';
import type { StoreKind } from '../stores/kinds.ts';
import { startStores } from '../stores/stores.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';

/** Processes that serve the same on stores that can be broken. */
export interface FaultSite extends Deployment {
  readonly databaseUrl: string;
  readonly services: readonly TestService[];
  readonly machines: Machines | null;
}

/** What many machines share. */
export interface Machines {
  readonly postgres: TestPostgres;
  /** Between the processes and PostgreSQL. */
  readonly wire: CuttingProxy;
  readonly cluster: TestRedisCluster;
}

export interface FaultSiteOptions {
  readonly kind: StoreKind;
  readonly processes: number;
  readonly policy?: object;
}

/** With PostgreSQL the locks are in a Redis Cluster of three primaries, each with a replica. */
export async function startFaultSite({ kind, processes, policy }: FaultSiteOptions): Promise<FaultSite> {
  if (kind !== 'postgres-redis') {
    const { env } = await startStores(kind);
    return { ...(await startProcesses(processes, env, policy)), machines: null };
  }
  const [postgres, cluster] = await Promise.all([startPostgres(), startRedisCluster()]);
  const databaseUrl = await postgres.createDatabase();
  const wire = await startCuttingProxy(postgres.port);
  const behindWire = new URL(databaseUrl);
  behindWire.port = String(wire.port);
  const env = { DATABASE_URL: behindWire.href, REDIS_URL: cluster.url };
  const served = await startProcesses(processes, env, policy);
  return { ...served, databaseUrl, machines: { postgres, wire, cluster } };
}

async function startProcesses(processes: number, env: Record<string, string>, policy: object | undefined) {
  const start = () => startService({ env, ...(policy === undefined ? {} : { policy }) });
  // The first one alone: it brings the policy into force.
  const first = await start();
  const services = [first, ...(await Promise.all(Array.from({ length: processes - 1 }, start)))];
  return {
    databaseUrl: first.databaseUrl,
    services,
    urls: services.map(({ url }) => url),
    token: first.token,
  };
}
