import type { Redis } from 'ioredis';
import { LockUnavailable } from '../port.ts';
import { reasonOf } from './common-options.ts';
import type { RedisConnection } from './connection.ts';
import { type Judgement, judgeRedis, type NodeReport } from './requirements.ts';

/** Asks every primary what it is. A user that may not ask is no fault. @throws LockUnavailable */
export async function inspectRedis({ primaries }: RedisConnection): Promise<Judgement> {
  return judgeRedis(await Promise.all([...primaries()].map(([name, node]) => reportOf(name, node))));
}

async function reportOf(name: string, node: Redis): Promise<NodeReport> {
  const [info, save, cluster] = await Promise.all([
    unlessForbidden(node.info()),
    unlessForbidden(node.config('GET', 'save')),
    unlessForbidden(node.cluster('INFO')),
  ]);
  return { name, info, save: settingIn(save), cluster };
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
