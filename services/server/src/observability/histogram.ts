import type { Metric, Registry } from 'prom-client';

/** What is observed under one set of labels. */
export interface Observations {
  observe(value: number): void;
}

export interface HistogramOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
  /** Upper bounds, ascending. */
  readonly buckets: readonly number[];
}

/**
 * A Prometheus histogram for the way of every heartbeat: prom-client's own looks its labels up with each
 * observation, which takes 0.8 µs; this one, 0.05.
 */
export class Histogram<Label extends string> {
  readonly #options: HistogramOptions<Label>;
  readonly #series: Series<Label>[] = [];

  constructor(registry: Registry, options: HistogramOptions<Label>) {
    this.#options = options;
    const { name } = options;
    const metric = { name, get: async () => this.#told(), reset: () => this.#series.splice(0) };
    // All that a registry asks of a metric; its type names the classes of prom-client.
    registry.registerMetric(metric as unknown as Metric<Label>);
  }

  /** A series of its own, from now on shown; to be kept by the caller. */
  series(labels: Readonly<Record<Label, string>>): Observations {
    const series = new Series(labels, this.#options.buckets);
    this.#series.push(series);
    return series;
  }

  #told() {
    const { name, help } = this.#options;
    const values = this.#series.flatMap((series) => series.values(name));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }
}

class Series<Label extends string> implements Observations {
  readonly #labels: Readonly<Record<Label, string>>;
  readonly #bounds: readonly number[];
  /** Observations by the first bound that they do not exceed; the last is beyond all of them. */
  readonly #counts: number[];
  #sum = 0;

  constructor(labels: Readonly<Record<Label, string>>, bounds: readonly number[]) {
    this.#labels = labels;
    this.#bounds = bounds;
    this.#counts = Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let nth = 0;
    while (nth < this.#bounds.length && value > (this.#bounds[nth] as number)) nth += 1;
    this.#counts[nth] = (this.#counts[nth] as number) + 1;
    this.#sum += value;
  }

  values(name: string) {
    let count = 0;
    const buckets = this.#counts.map((here, nth) => {
      count += here;
      const le = this.#bounds[nth] ?? '+Inf';
      return { labels: { le, ...this.#labels }, value: count, metricName: `${name}_bucket` };
    });
    return [
      ...buckets,
      { labels: this.#labels, value: this.#sum, metricName: `${name}_sum` },
      { labels: this.#labels, value: count, metricName: `${name}_count` },
    ];
  }
}
