import { AggregatorRegistry, Histogram as Original, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

const options = { name: 'a_seconds', help: 'How long.', buckets: [0.1, 1, 10] };
const observed = [0.05, 0.1, 0.11, 1, 9, 10.5];

function both() {
  const ours = new Registry();
  const series = new Histogram(ours, { ...options, labels: ['command'] }).series({ command: 'report' });
  const theirs = new Registry();
  const original = new Original({ ...options, labelNames: ['command'], registers: [theirs] });
  for (const value of observed) {
    series.observe(value);
    original.observe({ command: 'report' }, value);
  }
  return { ours, theirs };
}

test('it shows what the histogram of prom-client shows', async () => {
  const { ours, theirs } = both();
  expect(await ours.metrics()).toBe(await theirs.metrics());
  expect(await ours.metrics()).toContain('a_seconds_bucket{le="1",command="report"} 4');
});

test('several processes sum up, as those of prom-client do', async () => {
  const sum = async (registry: Registry) => {
    const told = JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()));
    return AggregatorRegistry.aggregate([told, told]).metrics();
  };
  const { ours, theirs } = both();
  expect(await sum(ours)).toBe(await sum(theirs));
  expect(await sum(ours)).toContain('a_seconds_count{command="report"} 12');
});
