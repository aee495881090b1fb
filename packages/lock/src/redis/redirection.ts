import type { Redis } from 'ioredis';
import type { Redirection } from './connection.ts';

/** A refusal by a node of a cluster: `MOVED`, the slot is another's; `ASK`, it is on its way there. */
export interface Refusal {
  readonly kind: 'MOVED' | 'ASK';
  /** `host:port` of the other. */
  readonly node: string;
}

/** ioredis may put its own words before those of the node. */
export function refusalIn(error: unknown): Refusal | null {
  const [, kind, node] = (error instanceof Error && /\b(MOVED|ASK) \d+ (\S+:\d+)$/.exec(error.message)) || [];
  return node === undefined ? null : { kind: kind === 'ASK' ? 'ASK' : 'MOVED', node };
}

/** ioredis sends nothing of what it collected for one node when the table of slots changes before it does. */
export function wasNotSent(error: unknown): boolean {
  return error instanceof Error && error.message.includes('should belong to the same slots allocation group');
}

/** One script on the other node; whole, as it may be the first one there. */
export function redirectionTo({ kind, node }: Refusal, redis: Redis): Redirection {
  return {
    node,
    run: async (lua, key, args) => {
      // Says of the very next command alone that it may concern a slot on its way; what is wrong, that one tells.
      if (kind === 'ASK') redis.asking().catch(() => {});
      return String(await redis.eval(lua, 1, key, ...args));
    },
  };
}
