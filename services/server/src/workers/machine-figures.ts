import { AggregatorRegistry } from 'prom-client';
import type { Figures } from './questions.ts';

/**
 * The figures of all workers of a machine. What ended workers have counted stays counted: a sum that fell would
 * look like a restart of everything, and be counted twice by whoever takes rates.
 */
export class MachineFigures<Worker> {
  readonly #latest = new Map<Worker, Figures>();
  #departed: Figures = [];

  /** Takes what a worker counts now. */
  take(worker: Worker, figures: Figures): void {
    this.#latest.set(worker, figures);
  }

  /** A worker has ended; what it last said is kept, but for what is true of living ones alone. */
  async depart(worker: Worker): Promise<void> {
    const last = this.#latest.get(worker);
    this.#latest.delete(worker);
    if (last === undefined) return;
    const counted = last.filter(({ type }) => String(type) !== 'gauge');
    this.#departed = await AggregatorRegistry.aggregate([[...this.#departed], counted]).getMetricsAsJSON();
  }

  text(): Promise<string> {
    const all = [...this.#latest.values(), this.#departed].map((figures) => [...figures]);
    return AggregatorRegistry.aggregate(all).metrics();
  }
}
