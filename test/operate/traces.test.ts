import type { OpenedSession, Readiness } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { api, freePort, startRedis, startService, type TestService } from '../harness/index.ts';
import { type CollectedSpan, startCollector } from './collector.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';
const sampled = { traceparent: `00-${traceId}-${callerSpan}-01` };

/** A learner opens a session and reports; the heartbeat belongs to the trace of its caller. */
async function watchOnce(service: TestService, headers: Record<string, string> = {}) {
  const learner = api(service.url, service.token({ sub: 'learner-4711', scope: 'watch' }));
  const opening = { coursewareId: 'demo-video', clientId: 'tab' };
  const { body } = await learner.post<OpenedSession>('/v1/sessions', opening);
  const beat = { watchedMs: 10, state: 'playing', position: 1 };
  const { status } = await learner.post(`/v1/sessions/${body.sessionId}/heartbeats`, beat, headers);
  return { status, sessionId: body.sessionId, learner };
}

const ofTrace = (spans: readonly CollectedSpan[], id = traceId) =>
  spans.filter((span) => span.traceId === id);

test('a heartbeat is one trace: the request, and what it asks of lock and ledger', async () => {
  const collector = await startCollector();
  const redis = await startRedis();
  const service = await startService({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
      REDIS_URL: redis.url,
    },
  });
  const { learner, sessionId } = await watchOnce(service, sampled);
  await learner.get('/v1/learners/learner-4711/credits');
  await learner.get('/no/such/path/learner-4711');
  await learner.get('/readyz');
  // What was not yet sent goes out with the stop.
  await service.stop();

  const [request, ...commands] = [...ofTrace(collector.spans)].sort(serverFirst);
  expect(request).toMatchObject({
    name: 'POST /v1/sessions/{id}/heartbeats',
    kind: 2,
    parentSpanId: callerSpan,
    failed: false,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/v1/sessions/{id}/heartbeats',
      'http.response.status_code': 200,
    },
  });
  expect(commands.map(({ name }) => name).sort()).toEqual(['ledger viewing.record', 'lock report']);
  expect(commands.find(({ name }) => name === 'lock report')).toMatchObject({
    kind: 3,
    parentSpanId: request?.spanId,
    attributes: { 'db.system.name': 'redis', 'watchledger.outcome': 'reported' },
  });
  expect(commands.find(({ name }) => name === 'ledger viewing.record')).toMatchObject({
    parentSpanId: request?.spanId,
    attributes: { 'db.system.name': 'sqlite', 'watchledger.outcome': 'recorded' },
  });

  const requests = collector.spans.filter(({ kind }) => kind === 2).map(({ name }) => name);
  expect(requests).toEqual(
    expect.arrayContaining(['POST /v1/sessions', 'GET /v1/learners/{id}/credits', 'GET']),
  );
  expect(requests).not.toContain('GET /readyz');
  expect(collector.text()).toContain('"watchledger"');
  expect(new Set(collector.tokens)).toEqual(new Set(['Bearer of-the-collector']));
  // Nobody is named.
  expect(collector.text()).not.toMatch(/4711|demo-video/);
  expect(collector.text()).not.toContain(sessionId);
});

const serverFirst = (a: CollectedSpan, b: CollectedSpan) => (a.kind === 2 ? -1 : b.kind === 2 ? 1 : 0);

describe('which traces are kept', () => {
  test('not one that its caller does not keep', async () => {
    const collector = await startCollector();
    const service = await startService({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint } });
    await watchOnce(service, { traceparent: `00-${traceId}-${callerSpan}-00` });
    await service.stop();
    expect(collector.spans.map(({ name }) => name)).toContain('POST /v1/sessions');
    expect(ofTrace(collector.spans)).toEqual([]);
  });

  test('else the configured share, whatever strangers ask for', async () => {
    const collector = await startCollector();
    const service = await startService({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_TRACES_SAMPLER_ARG: '0.2' },
    });
    // Ids that are small would be the first ones to be kept by a share of all ids.
    const headers = { traceparent: `00-${'1'.padStart(32, '0')}-${callerSpan}-01` };
    for (let nth = 0; nth < 100; nth += 1) await fetch(`${service.url}/openapi.json`, { headers });
    await service.stop();
    expect(collector.spans.length).toBeGreaterThan(0);
    expect(collector.spans.length).toBeLessThan(60);
  });
});

test('a log line of a traced request names its trace', async () => {
  const collector = await startCollector();
  const redis = await startRedis();
  const service = await startService({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, REDIS_URL: redis.url, NODE_ENV: 'production' },
  });
  const admin = api(service.url, service.token({ sub: 'admin', scope: 'courseware:write' }));
  const courseware = { title: 'Demo', kind: 'video', limitSeconds: 60 };
  expect((await admin.put('/v1/courseware/demo-video', courseware)).status).toBe(201);
  const { sessionId, learner } = await watchOnce(service);
  await redis.stop();
  const beat = { watchedMs: 20, state: 'playing', position: 1 };
  const { status } = await learner.post(`/v1/sessions/${sessionId}/heartbeats`, beat, sampled);
  expect(status).toBe(503);
  await service.stop();
  const lines = service
    .logs()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ trace_id }) => trace_id === traceId)).toEqual([
    expect.objectContaining({ level: 'warn', msg: 'The lock store does not answer now.' }),
  ]);
  expect(service.logs()).not.toContain('4711');
  const failed = ofTrace(collector.spans).find(({ name }) => name === 'lock report');
  expect(failed).toMatchObject({ failed: true, attributes: { 'error.type': 'unavailable' } });
});

test.each(['away', 'silent'])(
  'a collector that is %s hurts nobody: it is told, and the stop is in time',
  async (how) => {
    const collector = await startCollector();
    collector.hang();
    const endpoint = how === 'silent' ? collector.endpoint : `http://127.0.0.1:${await freePort()}`;
    const service = await startService({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
    expect((await watchOnce(service)).status).toBe(200);
    const readyz = async () => {
      const { status, body } = await api(service.url, null).get<Readiness>('/readyz');
      return [status, body.status, body.checks.find(({ ok }) => !ok)?.name];
    };
    expect(await readyz()).toEqual([200, 'ok', undefined]);
    await expect.poll(readyz, { timeout: 15_000, interval: 500 }).toEqual([200, 'degraded', 'traces']);
    expect((await watchOnce(service)).status).toBe(200);
    expect(service.logs()).toContain('traces do not reach their collector');
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  },
);

test('without a collector nothing of it is there', async () => {
  const service = await startService();
  expect((await watchOnce(service, sampled)).status).toBe(200);
  const { body } = await api(service.url, null).get<Readiness>('/readyz');
  expect(body.checks.map(({ name }) => name)).not.toContain('traces');
});
