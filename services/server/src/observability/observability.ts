import type { Commit } from '@watchledger/ledger';
import type { ViewingLock } from '@watchledger/lock';
import type { Milliseconds } from '@watchledger/rules';
import type { Registry } from 'prom-client';
import type { Configuration } from '../configuration/configuration.ts';
import type { Fetch } from '../http-server.ts';
import type { Ledger } from '../ledger.ts';
import type { Wanted } from '../readiness.ts';
import { observedLedger } from './observed-ledger.ts';
import { observedLock } from './observed-lock.ts';
import { createStoreMeters } from './store-meters.ts';
import { timing } from './timing.ts';
import type { Tracing } from './tracing.ts';
import { ViewingMeters } from './viewing-meters.ts';
import { type Around, nested } from './watched-port.ts';

export interface ObservabilityOptions {
  readonly configuration: Pick<
    Configuration,
    'tracesEndpoint' | 'tracesHeaders' | 'tracesShare' | 'database' | 'redis'
  >;
  /** Where figures are kept. */
  readonly registry: Registry;
  readonly version: string;
  /** How long a silent session counts as active. */
  readonly lockTime: Milliseconds;
  readonly onTrouble: (trouble: { readonly err: unknown }, message: string) => void;
}

/** Surrounds the parts of the service, so that it can be seen running, and they need not know. */
export interface Observability {
  readonly registry: Registry;
  lock(lock: ViewingLock): ViewingLock;
  ledger(ledger: Ledger): Ledger;
  requests(fetch: Fetch, routeOf: (method: string, path: string) => string | undefined): Fetch;
  readonly onCommit: (commit: Commit) => void;
  /** What of it may fail, and the service is degraded. */
  readonly wanted: readonly Wanted[];
  close(): Promise<void>;
}

export async function openObservability(options: ObservabilityOptions): Promise<Observability> {
  const { configuration, registry, version, lockTime, onTrouble } = options;
  const { tracesEndpoint, tracesHeaders, tracesShare, database, redis } = configuration;
  const meters = new ViewingMeters(registry, lockTime);
  const stores = createStoreMeters(registry);
  const tracing =
    tracesEndpoint === null
      ? null
      : // Loaded only where it is wanted: not configured, it costs nothing.
        (await import('./tracing.ts')).openTracing({
          endpoint: tracesEndpoint,
          headers: tracesHeaders,
          share: tracesShare,
          version,
          onTrouble,
        });

  const lockWatch = watching(timing(stores.lock), tracing, 'lock', redis === null ? null : 'redis');
  const system = database.kind === 'postgres' ? 'postgresql' : 'sqlite';
  const ledgerWatch = watching(timing(stores.ledger), tracing, 'ledger', system);
  return {
    registry,
    lock: (lock) => observedLock(lock, meters, lockWatch),
    ledger: (ledger) => observedLedger(ledger, meters, ledgerWatch),
    requests: (fetch, routeOf) => (tracing === null ? fetch : tracing.requests(fetch, routeOf)),
    onCommit: stores.commit,
    wanted:
      tracing === null
        ? []
        : [{ name: 'traces', words: 'do not reach their collector', probe: tracing.probe }],
    close: async () => tracing?.close(),
  };
}

function watching(
  timed: (command: string) => Around,
  tracing: Tracing | null,
  part: string,
  system: string | null,
): (command: string) => Around {
  if (tracing === null) return timed;
  const traced = tracing.commands(part, system);
  return (command) => nested(traced(command), timed(command));
}
