import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { MachineFigures } from '../workers/machine-figures.ts';
import type { Figures } from '../workers/questions.ts';
import { meterProcess } from './process-meters.ts';

/** What a worker shows whose clock differs by so much, and which is late by so much. */
async function worker(clockDifferenceMs: number | null, lateSeconds: number): Promise<Figures> {
  const registry = new Registry();
  meterProcess(registry, {
    version: '1.0.0',
    underWay: () => 2,
    ready: async () => ({ ready: true, status: 'ok', checks: [] }),
    clockDifferenceMs: () => clockDifferenceMs,
  });
  const figures = await registry.getMetricsAsJSON();
  return figures.map((metric) =>
    metric.name === 'nodejs_eventloop_lag_p99_seconds'
      ? { ...metric, values: [{ value: lateSeconds, labels: {} }] }
      : metric,
  );
}

async function shown(...workers: Figures[]): Promise<string[]> {
  const machine = new MachineFigures<object>();
  for (const figures of workers) machine.take({}, figures);
  return (await machine.text()).split('\n');
}

test('of several workers the latest one is shown, and the clock that is furthest off', async () => {
  const lines = await shown(await worker(20, 0.01), await worker(-600, 0.9), await worker(30, 0.02));
  expect(lines).toContain('nodejs_eventloop_lag_p99_seconds 0.9');
  expect(lines).toContain('watchledger_clock_difference_seconds 0.6');
  expect(lines).toContain('watchledger_http_requests_under_way 6');
});

test('without an answer of the lock store no difference is shown', async () => {
  const lines = await shown(await worker(null, 0.01));
  expect(lines.filter((line) => /^watchledger_clock_difference/.test(line))).toEqual([]);
});
