import { AggregatorRegistry } from 'prom-client';
import type { Figures } from './questions.ts';

/**
 * The figures of all workers of a machine. What ended workers have counted stays counted: a sum that fell would
 * look like a restart of everything, and be counted twice by whoever takes rates.
 */
export class MachineFigures<Worker extends object> {
  readonly #latest = new Map<Worker, Figures>();
  readonly #gone = new WeakSet<Worker>();
  /** What ended workers have counted: their sum so far, and whoever is not yet in it. */
  #departed: readonly Figures[] = [];
  #summing = Promise.resolve();

  /** Takes what a worker counts now; what comes after its end is in the sum already. */
  take(worker: Worker, figures: Figures): void {
    if (!this.#gone.has(worker)) this.#latest.set(worker, figures);
  }

  /** A worker has ended; what it last said is kept, but for what is true of living ones alone. */
  depart(worker: Worker): void {
    const last = this.#latest.get(worker);
    this.#latest.delete(worker);
    this.#gone.add(worker);
    if (last === undefined) return;
    this.#departed = [...this.#departed, counted(last)];
    this.#summing = this.#summing.then(() => this.#sumUp());
  }

  text(): Promise<string> {
    return sumOf([...this.#latest.values(), ...this.#departed]).metrics();
  }

  /** One at a time; who departs meanwhile stands behind the sum until the next. */
  async #sumUp(): Promise<void> {
    const parts = this.#departed;
    const sum = await sumOf(parts).getMetricsAsJSON();
    this.#departed = [sum, ...this.#departed.slice(parts.length)];
  }
}

function sumOf(figures: readonly Figures[]) {
  return AggregatorRegistry.aggregate(figures.map((each) => [...each]));
}

function counted(figures: Figures): Figures {
  return figures.filter(({ type }) => String(type) !== 'gauge');
}
