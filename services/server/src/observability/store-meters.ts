import type { Commit } from '@watchledger/ledger';
import type { Registry } from 'prom-client';
import { Histogram } from './histogram.ts';

/** How the stores do: time of each command by its outcome, and of each commit. */
export interface StoreMeters {
  readonly lock: Histogram<'command' | 'outcome'>;
  readonly ledger: Histogram<'command' | 'outcome'>;
  readonly commit: (commit: Commit) => void;
}

const latencies = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

export function createStoreMeters(registry: Registry): StoreMeters {
  const labels = ['command', 'outcome'] as const;
  const size = new Histogram(registry, {
    name: 'watchledger_commit_batch_size',
    help: 'Commands that shared one commit.',
    labels: [],
    buckets: sizes,
  }).series({});
  const seconds = new Histogram(registry, {
    name: 'watchledger_commit_duration_seconds',
    help: 'Time from the beginning of a commit until it was on disk.',
    labels: [],
    buckets: latencies,
  }).series({});
  return {
    lock: new Histogram(registry, {
      name: 'watchledger_lock_duration_seconds',
      help: 'Time that a command of the lock took: of Redis, or in this process.',
      labels,
      buckets: latencies,
    }),
    ledger: new Histogram(registry, {
      name: 'watchledger_ledger_duration_seconds',
      help: 'Time that a command of the ledger took, with its wait for a shared commit.',
      labels,
      buckets: latencies,
    }),
    commit: (commit) => {
      size.observe(commit.size);
      seconds.observe(commit.ms / 1_000);
    },
  };
}
