import type { Readiness } from '@watchledger/contract';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';

export interface ProcessMeterOptions {
  readonly version: string;
  /** Requests whose answers are not yet sent whole. */
  readonly underWay: () => number;
  readonly ready: () => Promise<Readiness>;
  /** The lock store's clock minus this machine's, as far as it was certain last; null: it does not answer. */
  readonly clockDifferenceMs: () => number | null;
}

/** How this process does. Of several processes on one machine: requests add up, of health the worst is shown. */
export function meterProcess(registry: Registry, options: ProcessMeterOptions): void {
  const { version, underWay, ready, clockDifferenceMs } = options;
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  // prom-client shows the average of all workers, in which one that is late would hide.
  Object.assign(registry.getSingleMetric('nodejs_eventloop_lag_p99_seconds') ?? {}, { aggregator: 'max' });
  new Gauge({
    name: 'watchledger_build_info',
    help: 'Always 1; its labels say what runs.',
    labelNames: ['version', 'node'],
    registers,
    aggregator: 'first',
  }).set({ version, node: process.versions.node }, 1);
  new Gauge({
    name: 'watchledger_http_requests_under_way',
    help: 'Requests whose answers are not yet sent whole.',
    registers,
    aggregator: 'sum',
    collect() {
      this.set(underWay());
    },
  });
  new Gauge({
    name: 'watchledger_ready',
    help: '1 while this process can do its work, as /readyz says.',
    registers,
    aggregator: 'min',
    async collect() {
      this.set((await ready()).ready ? 1 : 0);
    },
  });
  new Gauge({
    name: 'watchledger_check_ok',
    help: '1 where nothing is wrong, by check of /readyz.',
    labelNames: ['check'],
    registers,
    aggregator: 'min',
    async collect() {
      for (const { name, ok } of (await ready()).checks) this.set({ check: name }, ok ? 1 : 0);
    },
  });
  new Gauge({
    name: 'watchledger_clock_difference_seconds',
    help: "How far the lock store's clock and this machine's are apart, as far as it is certain; absent while the lock store does not answer.",
    registers,
    aggregator: 'max',
    async collect() {
      await ready();
      const difference = clockDifferenceMs();
      if (difference === null) this.remove();
      else this.set(Math.abs(difference) / 1_000);
    },
  });
}
