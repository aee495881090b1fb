import {
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  type LearnerId,
  type SessionId,
} from '@watchledger/rules';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis } from './connection.ts';
import { slotOf } from './keys.ts';
import { createRedisLock } from './lock.ts';
import { type Node, type RedisCluster, startRedisCluster } from './redis-cluster.testing.ts';
import { clusterRights, neededRights } from './rights.ts';

const terms = defaultPolicy;
const calendar = createCalendar(terms.timeZone);
const patienceMs = 2_000;

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startRedisCluster();
  const rights = `${neededRights} ${clusterRights}`.split(' ');
  for (const node of cluster.nodes) {
    await node.ask('ACL', 'SETUSER', 'narrow', 'reset', 'on', '>word', ...rights);
  }
  return () => cluster.close();
}, 60_000);

/** Sixty learners of the first third of the slots, whose commands go over the wire together. */
const learners = Array.from({ length: 1_000 }, (_, nth) => `u-${nth}` as LearnerId)
  .filter((learner) => slotOf(learner) < 5_461)
  .slice(0, 60);
/** The slots that move: those of five of them. */
const moving = [...new Set(learners.slice(0, 5).map(slotOf))];

async function lockOfThisTest() {
  const address = { ...cluster.address, login: { user: 'narrow', password: 'word' } };
  const redis = await connectRedis({ address, patienceMs });
  const lock = createRedisLock({ redis, calendar, terms, patienceMs });
  onTestFinished(() => lock.close());
  const sessions = new Map(learners.map((learner) => [learner, `s-${learner}` as SessionId]));
  return {
    openAll: () =>
      kindsOf(
        learners.map((learner) =>
          lock.open(learner, {
            sessionId: sessions.get(learner) as SessionId,
            coursewareId: 'cw-1' as CoursewareId,
            clientId: null,
            takeOver: true,
            known: null,
          }),
        ),
      ),
    reportAll: (claimMs: number) =>
      kindsOf(
        learners.map((learner) =>
          lock.report(learner, {
            sessionId: sessions.get(learner) as SessionId,
            claimMs,
            state: 'playing',
          }),
        ),
      ),
  };
}

/** What came of them all, each answer or reason once. */
async function kindsOf(commands: readonly Promise<{ kind: string }>[]): Promise<string[]> {
  const replies = await Promise.allSettled(commands);
  return [
    ...new Set(
      replies.map((reply) => (reply.status === 'fulfilled' ? reply.value.kind : String(reply.reason))),
    ),
  ];
}

const idOf = async (node: Node) => String(await node.ask('CLUSTER', 'MYID'));

async function beginMove(slots: readonly number[], from: Node, to: Node): Promise<void> {
  const [fromId, toId] = [await idOf(from), await idOf(to)];
  for (const slot of slots) {
    await to.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
    await from.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId);
  }
}

async function moveKeys(slots: readonly number[], from: Node, to: Node): Promise<void> {
  for (const slot of slots) {
    const keys = (await from.ask('CLUSTER', 'GETKEYSINSLOT', slot, 1_000)) as string[];
    for (const key of keys) await from.ask('MIGRATE', '127.0.0.1', to.port, key, 0, 5_000);
  }
}

async function endMove(slots: readonly number[], from: Node, to: Node): Promise<void> {
  const toId = await idOf(to);
  for (const slot of slots) {
    for (const node of [to, from]) await node.ask('CLUSTER', 'SETSLOT', slot, 'NODE', toId);
  }
  await cluster.healthy();
}

/** A replica that leaves its primary and comes back as a node without slots, which no table names. */
async function newcomer(): Promise<Node> {
  const [node, host] = [await cluster.replica(2), await cluster.primary(0)];
  const text = String(await host.ask('CLUSTER', 'NODES'));
  const [, busPort = ''] = text.match(new RegExp(`127.0.0.1:${node.port}@(\\d+)`)) ?? [];
  await node.ask('CLUSTER', 'RESET');
  await host.ask('CLUSTER', 'MEET', '127.0.0.1', node.port, busPort);
  const id = await idOf(node);
  const isKnown = async () => {
    const seen = await Promise.all(cluster.nodes.map((each) => each.ask('CLUSTER', 'NODES')));
    const state = String(await node.ask('CLUSTER', 'INFO'));
    if (!state.includes('cluster_state:ok')) return false;
    return seen.every((nodes) =>
      new RegExp(`^${id} .* (myself,)?master - .* connected$`, 'm').test(String(nodes)),
    );
  };
  await expect.poll(isKnown, { timeout: 20_000 }).toBe(true);
  return node;
}

describe.each([
  ['another primary', () => cluster.primary(1), false],
  ['a node that had no slot before', newcomer, true],
] as const)('while slots move to %s', (_, destination, joins) => {
  it('not one command of those sent together is refused', async () => {
    const [from, to] = [await cluster.primary(0), await destination()];
    const lock = await lockOfThisTest();
    expect(await lock.openAll()).toEqual(['opened']);

    // Rows that exist are still served where they are; those that have gone are asked for elsewhere.
    await beginMove(moving, from, to);
    expect(await lock.reportAll(1)).toEqual(['reported']);
    const [first = 0] = moving;
    await moveKeys([first], from, to);
    expect(await lock.reportAll(2)).toEqual(['reported']);

    const beating = beatUntilOver();
    await moveKeys(moving, from, to);
    // A connection into the table of slots is made once a node is in it: commands of that moment are refused.
    if (joins) expect(await beating.over()).toEqual(['reported']);
    await endMove(moving, from, to);
    if (joins) await expect.poll(() => lock.reportAll(9_998), { timeout: 5_000 }).toEqual(['reported']);
    else expect(await beating.over()).toEqual(['reported']);
    expect(await lock.reportAll(9_999)).toEqual(['reported']);

    await beginMove(moving, to, from);
    await moveKeys(moving, to, from);
    await endMove(moving, to, from);
    expect(await lock.reportAll(10_000)).toEqual(['reported']);

    function beatUntilOver() {
      let over = false;
      const seen = (async () => {
        const kinds = new Set<string>();
        for (let claim = 3; !over; claim += 1)
          for (const kind of await lock.reportAll(claim)) kinds.add(kind);
        return [...kinds];
      })();
      return {
        over: () => {
          over = true;
          return seen;
        },
      };
    }
  }, 60_000);
});
