import { Counter, Histogram, type Registry } from 'prom-client';

/** What the API counts. Labels never hold ids. */
export interface Meters {
  readonly registry: Registry;
  /** Heartbeats by outcome: `accepted`, or the code of the problem. */
  readonly heartbeats: Counter<'outcome'>;
  /** Seconds that the other routes took to answer. */
  readonly durations: Histogram<'method' | 'route' | 'status'>;
}

/** @example createMeters(new Registry()) */
export function createMeters(registry: Registry): Meters {
  const registers = [registry];
  return {
    registry,
    heartbeats: new Counter({
      name: 'watchledger_heartbeats_total',
      help: 'Heartbeats by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    durations: new Histogram({
      name: 'watchledger_http_request_duration_seconds',
      help: 'Time to answer, except heartbeats.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
  };
}
