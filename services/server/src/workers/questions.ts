import type { Redemption } from '@watchledger/pages';
import type { MetricObject } from 'prom-client';

/** What a worker is to do. */
export interface Task {
  /** Counted from 1; its log lines say it. */
  readonly number: number;
  readonly adoptPolicy: boolean;
  /** Others serve the port meanwhile: this one joins them when it can answer. */
  readonly portIsServed: boolean;
  /** It says that it serves only once it is ready, as another one goes for it. */
  readonly replaces: boolean;
}

/** The metrics of one process, as prom-client writes them in JSON. */
export type Figures = readonly MetricObject[];

/** Why a worker goes: the whole service stops, or another one has taken its place. */
export type Leave = 'stopping' | 'replaced';

/** What the primary process answers its workers. */
export type AskedOfPrimary = {
  task(): Task;
  serving(origin: string): void;
  /** It cannot start: lines for the operator. */
  faulty(lines: readonly string[]): void;
  redeem(code: string): Redemption;
  /** The metrics of all workers together, in the text that Prometheus reads. */
  figuresOfAll(): Promise<string>;
  /** Its last figures, before it ends. */
  leavesBehind(figures: Figures): void;
};

/** What a worker answers the primary process. */
export type AskedOfWorker = {
  figures(): Promise<Figures>;
  leave(why: Leave): void;
};
