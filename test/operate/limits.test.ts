import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { OpenedSession } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { api, fileOf, startChild, startService, type TestService } from '../harness/index.ts';
import { startFlood } from './flood.ts';

const holder = fileURLToPath(new URL('../faults/hold-database.ts', import.meta.url));

/** What a process has in memory, in MB. */
function memoryOf({ pid }: TestService): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}

const connections = 200;
const waves = 8;
const each = 25;
/** No more at once than a process takes. */
const ordinary = 10;
const floodMs = 120_000;
/**
 * Of the process in all, which is 150 at rest: the answers, and what V8 has not yet cleared away, by which figures differ
 * by a hundred from run to run. Kept requests would be gigabytes.
 */
const mostMegabytes = 600;

test('a flood of heartbeats while the database stands still is told 503 before memory grows, and passes', async () => {
  const service = await startService();
  const token = service.token({ sub: 'u1', scope: 'watch' });
  const caller = api(service.url, token);
  const { body: session } = await caller.post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video' });
  const path = `/v1/sessions/${session.sessionId}/heartbeats`;
  const beat = { watchedMs: 10, state: 'playing', position: 1 };
  const flood = startFlood({ port: service.port, connections, path, token, body: beat });
  flood.pour(ordinary);
  await expect.poll(() => flood.answered.get(200), { timeout: floodMs }).toBe(connections * ordinary);

  const held = startChild(process.execPath, [holder, fileOf(service.databaseUrl)]);
  await held.says(/held/, 20_000);
  let most = memoryOf(service);
  const total = () => [...flood.answered.values()].reduce((whole, count) => whole + count, 0);
  for (let wave = 1; wave <= waves; wave += 1) {
    flood.pour(each);
    const health = await fetch(`${service.url}/healthz`);
    expect(health.status).toBe(200);
    most = Math.max(most, memoryOf(service));
    await pause(250);
    most = Math.max(most, memoryOf(service));
  }
  expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${service.url}/metrics`)).status).toBe(200);
  const sent = connections * (ordinary + each * waves);
  await expect.poll(total, { timeout: floodMs }).toBe(sent);
  expect([...flood.answered.keys()].sort()).toEqual([200, 503]);
  // While the database stands still, nothing can have been counted.
  expect(flood.answered.get(503)).toBe(connections * each * waves);
  expect(flood.toldWhen).toBe(flood.answered.get(503));
  expect([...flood.reasons].join()).toContain('more to do than it can');
  expect(most).toBeLessThan(mostMegabytes);
  expect((await caller.get('/metrics')).body).toContain('watchledger_heartbeats_total');

  await held.end('SIGKILL');
  await expect.poll(async () => (await caller.post(path, beat)).status, { timeout: 20_000 }).toBe(200);
  flood.close();
}, 300_000);

/** So many connections that keep their end open and send this, each without an end. */
async function held(service: TestService, many: number, bytes: string) {
  const sockets = Array.from({ length: many }, () => {
    const socket = connect({ port: service.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {}).resume();
    socket.write(bytes);
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return {
    stillOpen: () => sockets.filter(({ closed, readableEnded }) => !closed && !readableEnded).length,
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

const slowSendersMs = 90_000;

test('5,010 requests whose bodies never come whole keep nobody out, and are gone after their time', async () => {
  const service = await startService();
  const token = service.token({ sub: 'u1', scope: 'watch' });
  const half = `POST /v1/sessions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{`;
  const senders = await held(service, 5_010, half);
  for (let n = 0; n < 20; n += 1) {
    const other = api(service.url, service.token({ sub: `other-${n}`, scope: 'watch' }));
    expect((await other.post('/v1/sessions', { coursewareId: 'demo-video' })).status).toBe(201);
  }
  const underWay = async () => {
    const figures = await (await fetch(`${service.url}/metrics`)).text();
    return Number(/^watchledger_http_requests_under_way (\d+)$/m.exec(figures)?.[1]);
  };
  expect(await underWay()).toBeLessThan(1_100);
  await expect.poll(underWay, { timeout: slowSendersMs, interval: 1_000 }).toBe(1);
  expect(senders.stillOpen()).toBe(0);
  senders.close();
  expect(service.logs()).not.toMatch(/ (warn|error) /);
}, 300_000);

/** Connections of learners, each with an answer behind it. */
async function learnersOn(service: TestService, many: number) {
  const agent = new Agent({ keepAlive: true });
  const answered = Array.from({ length: many }, async () => {
    const [response] = await once(get(`${service.url}/healthz`, { agent }), 'response');
    await once(response.resume(), 'end');
  });
  await Promise.all(answered);
  return agent;
}

test('MAX_CONNECTIONS: who comes beyond is told 503 and when to come again; others are served on', async () => {
  const service = await startService({ env: { MAX_CONNECTIONS: '3' } });
  const learners = await learnersOn(service, 3);
  const refused = await fetch(`${service.url}/openapi.json`);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
  expect(await refused.json()).toMatchObject({ code: 'unavailable' });
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  learners.destroy();
  const status = async () => (await fetch(`${service.url}/openapi.json`)).status;
  await expect.poll(status, { timeout: 20_000 }).toBe(200);
});

test('MAX_CONNECTIONS: half heads on many more connections than that keep nobody out', async () => {
  const service = await startService({ env: { MAX_CONNECTIONS: '100' } });
  const senders = await held(service, 600, 'GET / HTTP/1.1\r\nHo');
  for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json']) {
    expect((await fetch(service.url + path)).status, path).toBe(200);
  }
  await expect.poll(senders.stillOpen, { timeout: 60_000 }).toBe(0);
  senders.close();
});
