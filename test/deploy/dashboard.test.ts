import type { OpenedSession } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { api, type ServiceOptions, startRedis, startService } from '../harness/index.ts';
import { asSent, readAlerts, readDashboard } from '../metrics/dashboard.ts';
import { type Sample, scrape } from '../metrics/exposition.ts';
import { readExpression } from '../metrics/promql.ts';

const dashboard = readDashboard();
const alerts = readAlerts();
const shown = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr: asSent(expr), legendFormat })),
);
const alarming = alerts.map(({ alert, expr }) => ({ title: alert, expr }));

/** What Prometheus itself adds: to what it scrapes, and of each scrape. */
const labelsOfPrometheus = ['instance', 'job'];
const seriesOfPrometheus = ['up'];
const variables = dashboard.templating.list.map(({ definition = '' }) => definition);

/** What a service shows after a little of everything. */
async function figuresOf(options: ServiceOptions): Promise<Sample[]> {
  const service = await startService(options);
  const learner = api(service.url, service.token({ sub: 'u1', scope: 'watch' }));
  const open = (clientId: string) =>
    learner.post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video', clientId });
  const { body } = await open('tab-1');
  const beat = { watchedMs: 5_000, state: 'playing' };
  expect((await learner.post(`/v1/sessions/${body.sessionId}/heartbeats`, beat)).status).toBe(200);
  expect((await open('tab-2')).status).toBe(409);
  await learner.post(`/v1/sessions/${body.sessionId}/end`, {});
  return scrape(service.url);
}

describe.each(['one process', 'two workers with Redis'])('what %s shows', (who) => {
  let samples: readonly Sample[];

  beforeAll(async () => {
    if (who === 'one process') samples = await figuresOf({});
    else
      samples = await figuresOf({ args: ['--workers', '2'], env: { REDIS_URL: (await startRedis()).url } });
  });

  test.each([...shown, ...alarming])(
    'has the figures and labels that are read by $title: $expr',
    ({ expr }) => {
      const { selectors, grouping } = readExpression(expr);
      for (const { name, matchers } of selectors.filter((each) => !seriesOfPrometheus.includes(each.name))) {
        const series = samples.filter((sample) => sample.name === name);
        expect(series, name).not.toEqual([]);
        for (const { label, op, value } of matchers) {
          const values = series.map(({ labels }) => labels[label]);
          if (!labelsOfPrometheus.includes(label))
            expect(values, `${name}{${label}}`).not.toContain(undefined);
          if (op === '=') expect(values, `${name}{${label}}`).toContain(value);
        }
        for (const label of grouping.filter((each) => !labelsOfPrometheus.includes(each))) {
          expect(
            series.map(({ labels }) => labels[label]),
            `${name} by ${label}`,
          ).not.toContain(undefined);
        }
      }
    },
  );

  test('is on the dashboard, every figure of the product', () => {
    const exported = new Set(
      samples
        .map(({ name }) => name)
        .filter((name) => name.startsWith('watchledger_'))
        .map(family),
    );
    const read = [...shown.map(({ expr }) => expr), ...variables].join('\n');
    expect([...exported].filter((name) => !read.includes(name))).toEqual([]);
  });

  test('is one series of each name and labels', () => {
    const series = samples.map(({ name, labels }) => JSON.stringify([name, labels]));
    expect(new Set(series).size).toBe(series.length);
  });
});

test.each(shown)(
  'the legend "$legendFormat" of $title names labels that are left',
  ({ expr, legendFormat }) => {
    const { selectors, grouping } = readExpression(expr);
    const aggregated = /^\d|^(sum|min|max|count|histogram_quantile)\b/.test(expr);
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      if (aggregated) expect(grouping).toContain(label);
      else expect(selectors.flatMap(({ matchers }) => matchers.map((each) => each.label))).toContain(label);
    }
  },
);

test('panels have words for the operator, ids of their own, and do not overlap', () => {
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');
  expect(panels.filter(({ description = '' }) => description.length < 5)).toEqual([]);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
});

/** A histogram's name without the ending of one of its series. */
function family(name: string): string {
  return name.replace(/_(bucket|sum|count)$/, '');
}
