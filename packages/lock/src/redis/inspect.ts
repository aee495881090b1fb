import type { Redis } from 'ioredis';
import { LockUnavailable } from '../port.ts';
import { reasonOf } from './common-options.ts';
import type { RedisConnection } from './connection.ts';
import { type Judgement, judgeRedis, type NodeReport } from './requirements.ts';

/** Asks every primary what it is, and every replica that can be reached. A user that may not ask is no fault. @throws LockUnavailable */
export async function inspectRedis({ primaries, replicas }: RedisConnection): Promise<Judgement> {
  const followers = await replicas();
  try {
    const [serving, following] = await Promise.all([reportsOf(primaries()), reportsOfSome(followers.nodes)]);
    return judgeRedis(serving, following);
  } finally {
    followers.close();
  }
}

function reportsOf(nodes: ReadonlyMap<string, Redis>): Promise<NodeReport[]> {
  return Promise.all([...nodes].map(([name, node]) => reportOf(name, node)));
}

/** A replica that goes away meanwhile is one that cannot be reached. */
async function reportsOfSome(nodes: ReadonlyMap<string, Redis>): Promise<NodeReport[]> {
  const reports = await Promise.allSettled([...nodes].map(([name, node]) => reportOf(name, node)));
  return reports.flatMap((report) => (report.status === 'fulfilled' ? [report.value] : []));
}

async function reportOf(name: string, node: Redis): Promise<NodeReport> {
  const [info, save, fullCoverage, cluster] = await Promise.all([
    unlessForbidden(node.info()),
    unlessForbidden(node.config('GET', 'save')),
    unlessForbidden(node.config('GET', 'cluster-require-full-coverage')),
    unlessForbidden(node.cluster('INFO')),
  ]);
  return { name, info, save: settingIn(save), fullCoverage: settingIn(fullCoverage), cluster };
}

/** Managed servers take away commands such as CONFIG; a single server has no CLUSTER. */
async function unlessForbidden<Answer>(asking: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Error && /^(NOPERM|ERR) /.test(error.message)) return null;
    throw new LockUnavailable(`cannot reach Redis: ${reasonOf(error)}`, { cause: error });
  }
}

/** The answer to CONFIG GET is a list of names and values. */
function settingIn(answer: unknown): string | null {
  const value: unknown = Array.isArray(answer) ? answer[1] : null;
  return typeof value === 'string' ? value : null;
}
