import type { Redemption } from '@watchledger/pages';
import type { MetricObject } from 'prom-client';

/** What a worker is to do. */
export interface Task {
  /** Counted from 1; its log lines say it. */
  readonly number: number;
  readonly adoptPolicy: boolean;
  /** Others serve the port meanwhile: this one joins them only once it is ready. */
  readonly portIsServed: boolean;
}

/** The metrics of one process, as prom-client writes them in JSON. */
export type Figures = readonly MetricObject[];

/** How long a worker may take to say them: its checks of stores that hang take three seconds. */
export const figuresMs = 4_000;
/** How long a worker waits for those of all, among whom one may be stuck. */
export const figuresOfAllMs = 6_000;

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
  /** What it has counted, before it ends. */
  leavesBehind(figures: Figures): void;
};

/** What a worker answers the primary process. */
export type AskedOfWorker = {
  /** Whether it is there at all. */
  alive(): void;
  figures(): Promise<Figures>;
  leave(why: Leave): void;
};
