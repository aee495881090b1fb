import { readFileSync } from 'node:fs';
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
const each = 50;
/** No more at once than a process takes. */
const ordinary = 20;
const floodMs = 60_000;

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
  const before = memoryOf(service);
  let most = before;
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
  expect(flood.answered.get(503)).toBe(connections * each * waves);
  expect(flood.toldWhen).toBe(flood.answered.get(503));
  expect([...flood.reasons].join()).toContain('more to do than it can');
  expect(most - before).toBeLessThan(400);
  expect((await caller.get('/metrics')).body).toContain('watchledger_heartbeats_total');

  await held.end('SIGKILL');
  await expect.poll(async () => (await caller.post(path, beat)).status, { timeout: 20_000 }).toBe(200);
  flood.close();
});

test('MAX_CONNECTIONS: who comes beyond is told 503 and when to come again; others are served on', async () => {
  const service = await startService({ env: { MAX_CONNECTIONS: '3' } });
  const sockets = Array.from({ length: 3 }, () => connect(service.port, '127.0.0.1'));
  await expect.poll(async () => (await fetch(`${service.url}/openapi.json`)).status).toBe(503);
  const refused = await fetch(`${service.url}/openapi.json`);
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
  expect(await refused.json()).toMatchObject({ code: 'unavailable' });
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await fetch(`${service.url}/openapi.json`)).status).toBe(200);
});
