import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { MachineFigures } from './machine-figures.ts';

function worker(heartbeats: number, sessions: number) {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: 'beats_total', help: 'b', labelNames: ['outcome'], registers }).inc(
    { outcome: 'accepted' },
    heartbeats,
  );
  new Gauge({ name: 'sessions', help: 's', registers }).set(sessions);
  new Gauge({ name: 'lag', help: 'l', registers, aggregator: 'max' }).set(sessions);
  new Histogram({ name: 'took', help: 't', buckets: [1], registers }).observe(0.5);
  return registry.getMetricsAsJSON();
}

async function lines(figures: MachineFigures<object>): Promise<string[]> {
  return (await figures.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

const [a, b, c] = [{}, {}, {}];

test('all workers are summed up, or as a meter says', async () => {
  const figures = new MachineFigures();
  figures.take(a, await worker(3, 10));
  figures.take(b, await worker(4, 20));
  expect(await lines(figures)).toEqual([
    'beats_total{outcome="accepted"} 7',
    'sessions 30',
    'lag 20',
    'took_bucket{le="1"} 2',
    'took_bucket{le="+Inf"} 2',
    'took_sum 1',
    'took_count 2',
  ]);
});

test('what ended workers have counted stays counted, what they held does not', async () => {
  const figures = new MachineFigures();
  figures.take(a, await worker(3, 10));
  figures.take(b, await worker(4, 20));
  figures.depart(a);
  figures.take(b, await worker(5, 1));
  figures.depart(c);
  expect(await lines(figures)).toEqual(
    expect.arrayContaining(['beats_total{outcome="accepted"} 8', 'sessions 1', 'lag 1', 'took_count 2']),
  );
});

test('when several end at once, at no moment is one of them missing', async () => {
  const figures = new MachineFigures();
  for (const [each, beats] of [
    [a, 100],
    [b, 50],
    [c, 1],
  ] as const)
    figures.take(each, await worker(beats, 1));
  figures.depart(a);
  figures.depart(b);
  const all = 'beats_total{outcome="accepted"} 151';
  for (let n = 0; n < 20; n += 1) expect(await lines(figures)).toContain(all);
  figures.depart(c);
  for (let n = 0; n < 20; n += 1) expect(await lines(figures)).toContain(all);
});

test('what a worker said before its end and is heard after it is not counted twice', async () => {
  const figures = new MachineFigures();
  figures.take(a, await worker(3, 10));
  figures.depart(a);
  figures.take(a, await worker(3, 10));
  expect(await lines(figures)).toContain('beats_total{outcome="accepted"} 3');
});
