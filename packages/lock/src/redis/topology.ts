import type { Cluster, Redis } from 'ioredis';

export interface Topology {
  /** Asks soon which node serves what. */
  lookAgain(): void;
  close(): void;
}

const SOONEST_MS = 100;
const LATEST_MS = 1_000;

/**
 * Keeps a connection to every node, replicas too, so that a promoted one serves at once; and asks where the slots
 * are as long as a primary cannot be reached. ioredis by itself connects when the first command comes, which waits.
 */
export function watchTopology(cluster: Cluster): Topology {
  let timer: NodeJS.Timeout | null = null;
  let delay = SOONEST_MS;
  let closed = false;

  function lookAgain(): void {
    if (timer !== null || closed) return;
    timer = setTimeout(() => {
      // While it has no node at all it connects anew by itself.
      if (cluster.status !== 'ready') return settle();
      cluster.refreshSlotsCache(settle);
    }, delay);
  }
  function settle(): void {
    timer = null;
    const whole = cluster.status === 'ready' && cluster.nodes('master').every(isReady);
    delay = whole ? SOONEST_MS : Math.min(2 * delay, LATEST_MS);
    if (!whole) lookAgain();
  }

  cluster.on('+node', (node: Redis) => {
    // Why it fails comes as an event of the cluster.
    if (node.status === 'wait') node.connect().catch(() => {});
  });
  cluster.on('-node', lookAgain);
  return {
    lookAgain,
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function isReady({ status }: Redis): boolean {
  return status === 'ready';
}
