import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@watchledger/free-port';
import { Redis } from 'ioredis';
import type { RedisClusterAddress } from './address.ts';
import { type RedisProcess, redisServer, startRedisProcess } from './redis-process.testing.ts';

/** A real Redis Cluster for tests: three primaries, each with a replica, over loopback, nothing on disk to come back to. */
export interface RedisCluster {
  /** All nodes, as REDIS_URL names them. */
  readonly url: string;
  readonly address: RedisClusterAddress;
  readonly nodes: readonly Node[];
  /** The node that serves the n-th third of the slots (0, 1, 2), once all nodes that live say the same. */
  primary(third: number): Promise<Node>;
  /** The replica of that primary. */
  replica(third: number): Promise<Node>;
  /** Kills (SIGKILL) that primary; resolves once it is dead. */
  killPrimary(third: number): Promise<Node>;
  /** Resolves when nodes that live serve all slots, as all of them see it. */
  healthy(): Promise<void>;
  /** Starts a killed node again at its address; resolves when it is a replica in sync and all others know it. */
  restartNode(node: Node): Promise<void>;
  /** Kills all nodes and removes their folder. */
  close(): Promise<void>;
  /** The same, without waiting: for a process that is going away itself. */
  closeAtOnce(): void;
}

export interface Node {
  readonly port: number;
  /** Sends one command to this node alone. */
  ask(command: string, ...args: (string | number)[]): Promise<unknown>;
  freeze(): void;
  thaw(): void;
}

export interface RedisClusterOptions {
  readonly program?: string;
  /** More settings of every node, such as `--requirepass word`. */
  readonly settings?: readonly string[];
  readonly password?: string;
}

const THIRDS = [
  [0, 5_460],
  [5_461, 10_922],
  [10_923, 16_383],
] as const;
/** A node that is silent for so long is taken for dead; a machine under load must not be. */
const NODE_TIMEOUT_MS = 1_500;
const WITHIN_MS = 30_000;

export async function startRedisCluster(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  const { program = redisServer(), settings = [], password } = options;
  const folder = mkdtempSync(join(tmpdir(), 'watchledger-cluster-'));
  const nodes: ClusterNode[] = [];
  const living = () => nodes.filter((node) => node.alive());

  async function close(): Promise<void> {
    await Promise.all(nodes.map((node) => node.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
  function closeAtOnce(): void {
    for (const node of nodes) node.killAtOnce();
    rmSync(folder, { recursive: true, force: true });
  }
  /** After a failover each node learns of it on its own: only what all of them say is true. */
  async function primary(third: number): Promise<ClusterNode> {
    const [slot] = THIRDS[third] ?? [];
    if (slot === undefined) throw new Error('a third is 0, 1 or 2');
    let agreed: ClusterNode | undefined;
    await until(`all nodes say which one serves slot ${slot}`, async () => {
      const views = await Promise.all(living().map((node) => node.slots()));
      const ports = views.map((view) => view.find(({ first, last }) => first <= slot && slot <= last)?.port);
      agreed = living().find(({ port }) => ports.every((said) => said === port));
      return agreed !== undefined;
    });
    return agreed as ClusterNode;
  }
  async function replica(third: number): Promise<ClusterNode> {
    const { ask } = await primary(third);
    const [, port] = String(await ask('INFO', 'replication')).match(/slave0:ip=[^,]*,port=(\d+)/) ?? [];
    const found = nodes.find((node) => node.port === Number(port));
    if (found === undefined) throw new Error('that primary has no replica');
    return found;
  }
  const healthy = () => until('the cluster is healthy', () => servesAllSlots(living()));

  try {
    for (let nth = 0; nth < 2 * THIRDS.length; nth += 1) {
      const [port, busPort] = [await freePort(), await freePort()];
      const own = join(folder, String(nth));
      await mkdir(own);
      nodes.push(createNode({ program, folder: own, port, busPort, settings, password }));
    }
    await Promise.all(nodes.map((node) => node.start()));
    await makeOne(nodes);
    await healthy();
  } catch (error) {
    await close();
    throw error;
  }
  const login = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return {
    address: {
      kind: 'cluster',
      nodes: nodes.map(({ port }) => ({ host: '127.0.0.1', port })),
      login: { user: null, password: password ?? null },
      tls: false,
    },
    url: `redis://${login}${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    primary,
    replica,
    killPrimary: async (third) => {
      const node = await primary(third);
      await node.kill();
      return node;
    },
    healthy,
    restartNode: async (restarted) => {
      const node = nodes.find(({ port }) => port === restarted.port);
      if (node === undefined) throw new Error(`no node has port ${restarted.port}`);
      await node.start();
      await until('the node is a replica in sync', async () => {
        if (!(await isReplicaInSync(node))) return false;
        const seen = await Promise.all(living().map((each) => each.ask('CLUSTER', 'NODES')));
        return seen.every((text) => !/fail|handshake|disconnected/.test(String(text)));
      });
    },
    close,
    closeAtOnce,
  };
}

/** Makes six empty nodes a cluster: a third of the slots for each of the first three, the others replicate them. */
async function makeOne(nodes: readonly ClusterNode[]): Promise<void> {
  const ids = await Promise.all(nodes.map((node) => node.ask('CLUSTER', 'MYID')));
  const [first] = nodes;
  for (const [nth, node] of nodes.entries()) {
    await node.ask('CLUSTER', 'SET-CONFIG-EPOCH', nth + 1);
    await first?.ask('CLUSTER', 'MEET', '127.0.0.1', node.port, node.busPort);
  }
  await Promise.all(THIRDS.map((range, nth) => nodes[nth]?.ask('CLUSTER', 'ADDSLOTSRANGE', ...range)));
  await until('all nodes know each other', async () => {
    const seen = await Promise.all(nodes.map((node) => node.ask('CLUSTER', 'NODES')));
    return seen.every((text) => ids.every((id) => String(text).includes(`${id} 127.0.0.1`)));
  });
  const replicas = nodes.slice(THIRDS.length);
  await Promise.all(replicas.map((node, nth) => node.ask('CLUSTER', 'REPLICATE', String(ids[nth]))));
  await until('the replicas are in sync', async () =>
    (await Promise.all(replicas.map(isReplicaInSync))).every(Boolean),
  );
  // Each node hears of them on its own, and any of them may be asked which there are.
  await until('all nodes know a replica of each third', async () => {
    const views = await Promise.all(nodes.map((node) => node.slots()));
    return views.every(
      (view) => view.length === THIRDS.length && view.every((range) => range.replicas === 1),
    );
  });
}

async function servesAllSlots(living: readonly ClusterNode[]): Promise<boolean> {
  const alive = new Set(living.map(({ port }) => port));
  const views = await Promise.all(
    living.map(async (node) => {
      const state = String(await node.ask('CLUSTER', 'INFO'));
      const slots = await node.slots();
      const served = slots.reduce((sum, { first, last }) => sum + last - first + 1, 0);
      const servedByLiving = slots.every(({ port }) => alive.has(port));
      return state.includes('cluster_state:ok') && served === 16_384 && servedByLiving;
    }),
  );
  return views.every(Boolean);
}

async function isReplicaInSync(node: ClusterNode): Promise<boolean> {
  const replication = String(await node.ask('INFO', 'replication'));
  return /role:slave/.test(replication) && /master_link_status:up/.test(replication);
}

interface ClusterNode extends Node {
  readonly busPort: number;
  start(): Promise<void>;
  alive(): boolean;
  kill(): Promise<void>;
  killAtOnce(): void;
  /** Which port serves which slots, with how many replicas, as this node sees it. */
  slots(): Promise<SlotRange[]>;
}

interface SlotRange {
  readonly first: number;
  readonly last: number;
  readonly port: number;
  readonly replicas: number;
}

interface NodeOptions {
  readonly program: string;
  readonly folder: string;
  readonly port: number;
  readonly busPort: number;
  readonly settings: readonly string[];
  readonly password: string | undefined;
}

function createNode({ program, folder, port, busPort, settings, password }: NodeOptions): ClusterNode {
  const args = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
    ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--cluster-announce-ip', '127.0.0.1'],
    ...['--cluster-node-timeout', String(NODE_TIMEOUT_MS), '--cluster-replica-validity-factor', '0'],
    ...['--cluster-allow-replica-migration', 'no', '--repl-diskless-sync-delay', '0'],
    ...(password === undefined ? [] : ['--requirepass', password, '--masterauth', password]),
    ...settings,
  ];
  let running: RedisProcess | null = null;

  async function ask(command: string, ...rest: (string | number)[]): Promise<unknown> {
    const redis = new Redis({
      port,
      host: '127.0.0.1',
      lazyConnect: true,
      retryStrategy: null,
      ...(password === undefined ? {} : { password }),
    });
    redis.on('error', () => {});
    try {
      await redis.connect();
      return await redis.call(command, ...rest);
    } finally {
      redis.disconnect();
    }
  }
  async function slots(): Promise<SlotRange[]> {
    const ranges = (await ask('CLUSTER', 'SLOTS')) as [number, number, [string, number], ...unknown[]][];
    return ranges.map(([first, last, [, port], ...replicas]) => ({
      first,
      last,
      port,
      replicas: replicas.length,
    }));
  }
  return {
    port,
    busPort,
    ask,
    slots,
    start: async () => {
      running = await startRedisProcess(program, args);
    },
    alive: () => running !== null,
    kill: async () => {
      const killed = running;
      running = null;
      await killed?.kill();
    },
    killAtOnce: () => running?.killAtOnce(),
    freeze: () => running?.freeze(),
    thaw: () => running?.thaw(),
  };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${WITHIN_MS} ms: ${what}`);
    await pause(20);
  }
}
