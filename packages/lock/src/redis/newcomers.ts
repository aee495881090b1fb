import { Redis, type RedisOptions } from 'ioredis';

/** Nodes of a cluster that serve no slot yet, and so stand in no table: others send us there as slots move to them. */
export interface Newcomers {
  /** Connects, or rejects. @param name `host:port` */
  reach(name: string): Promise<Redis>;
  close(): void;
}

export function createNewcomers(options: Omit<RedisOptions, 'replyMapping'>): Newcomers {
  const nodes = new Map<string, { readonly node: Redis; readonly connected: Promise<void> }>();

  function connect(name: string) {
    const colon = name.lastIndexOf(':');
    const at = { host: name.slice(0, colon), port: Number(name.slice(colon + 1)) };
    const node = new Redis({ ...options, ...at, retryStrategy: null });
    // Whoever waits for it is told why.
    node.on('error', () => {});
    node.on('end', () => nodes.delete(name));
    const known = { node, connected: node.connect() };
    nodes.set(name, known);
    return known;
  }
  return {
    reach: async (name) => {
      const { node, connected } = nodes.get(name) ?? connect(name);
      await connected;
      return node;
    },
    close: () => {
      for (const { node } of nodes.values()) node.disconnect();
    },
  };
}
