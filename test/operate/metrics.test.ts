import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, Readiness, Session } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { api, startRedis, startService, type TestService } from '../harness/index.ts';
import { figure, scrape } from '../metrics/exposition.ts';

const claimedMs = 100_000;

/** A learner, whose requests go to the services in turn. */
function viewer(services: readonly TestService[], learner: string) {
  let turn = 0;
  const next = () => {
    const service = services[turn++ % services.length] as TestService;
    return api(service.url, service.token({ sub: learner, scope: 'watch' }));
  };
  return {
    open: (clientId: string) =>
      next().post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video', clientId }),
    beat: (sessionId: string) =>
      next().post<Session>(`/v1/sessions/${sessionId}/heartbeats`, {
        watchedMs: claimedMs,
        state: 'playing',
        position: 1,
      }),
    end: (sessionId: string) => next().post<Session>(`/v1/sessions/${sessionId}/end`, {}),
  };
}

describe.each([
  ['one process', 1],
  ['two processes that share a lock in Redis', 2],
])('the figures of %s', (_, processes) => {
  test('are what happened, each thing once, however often it was reported', async () => {
    const services = await startSharing(processes);
    const { open, beat, end } = viewer(services, 'u1');
    const figures = async () => {
      const samples = (await Promise.all(services.map(({ url }) => scrape(url)))).flat();
      return (name: string, labels?: Record<string, string>) => figure(samples, name, labels);
    };

    const { body: first } = await open('tab-1');
    await pause(400);
    // All at once, as an impatient page would; and then the same again.
    await Promise.all([beat(first.sessionId), beat(first.sessionId), beat(first.sessionId)]);
    const { body: last } = await beat(first.sessionId);
    expect((await open('tab-2')).status).toBe(409);
    const { body: second } = await open('tab-1');
    expect((await beat(first.sessionId)).status).toBe(409);
    await end(second.sessionId);
    await end(second.sessionId);
    expect((await beat('0199ffff-0000-7000-8000-000000000000')).status).toBe(404);

    const now = await figures();
    const acceptedMs = last.watchedMs;
    expect(acceptedMs).toBeGreaterThanOrEqual(400);
    const seconds = now('watchledger_accepted_seconds_total');
    // A late report may add what was watched up to the sealing (R3a); nothing is counted twice.
    expect(seconds * 1_000).toBeGreaterThanOrEqual(acceptedMs - 0.001);
    expect(seconds * 1_000).toBeLessThan(acceptedMs + 5_000);
    const rest = claimedMs / 1_000 - seconds - now('watchledger_forfeited_seconds_total');
    expect(rest).toBeGreaterThanOrEqual(-0.001);
    expect(rest).toBeLessThanOrEqual(2.001);
    expect(now('watchledger_heartbeats_total', { outcome: 'accepted' })).toBe(4);
    expect(now('watchledger_heartbeats_total', { outcome: 'session-superseded' })).toBe(1);
    expect(now('watchledger_heartbeats_total', { outcome: 'session-not-found' })).toBe(1);
    expect(now('watchledger_conflicts_total')).toBe(1);
    expect(now('watchledger_divergences_total')).toBe(0);
    expect(now('watchledger_sessions_opened_total')).toBe(2);
    expect(now('watchledger_sessions_superseded_total')).toBe(1);
    expect(now('watchledger_sessions_ended_total')).toBe(1);
    expect(now('watchledger_lock_duration_seconds_count', { command: 'open', outcome: 'held' })).toBe(1);
    expect(
      now('watchledger_ledger_duration_seconds_count', { command: 'viewing.record', outcome: 'recorded' }),
    ).toBeGreaterThanOrEqual(4);
    expect(now('watchledger_commit_batch_size_count')).toBeGreaterThan(0);
    expect(now('watchledger_commit_batch_size_sum')).toBeGreaterThanOrEqual(
      now('watchledger_commit_batch_size_count'),
    );
    expect(now('watchledger_active_sessions')).toBeGreaterThan(0);
  });
});

async function startSharing(processes: number): Promise<TestService[]> {
  if (processes === 1) return [await startService()];
  const redis = await startRedis();
  const first = await startService({ env: { REDIS_URL: redis.url } });
  const others = Array.from({ length: processes - 1 }, () =>
    startService({ env: { REDIS_URL: redis.url, DATABASE_URL: first.databaseUrl } }),
  );
  return [first, ...(await Promise.all(others))];
}

test('health is told in figures too, with the difference of the clocks', async () => {
  const redis = await startRedis();
  const service = await startService({ env: { REDIS_URL: redis.url } });
  const well = await scrape(service.url);
  expect(figure(well, 'watchledger_ready')).toBe(1);
  expect(figure(well, 'watchledger_check_ok', { check: 'lock' })).toBe(1);
  expect(Math.abs(figure(well, 'watchledger_clock_difference_seconds'))).toBeLessThan(0.25);

  await redis.stop();
  await expect
    .poll(async () => figure(await scrape(service.url), 'watchledger_ready'), { timeout: 5_000 })
    .toBe(0);
  const down = await scrape(service.url);
  expect(figure(down, 'watchledger_check_ok', { check: 'lock' })).toBe(0);
  expect(figure(down, 'watchledger_check_ok', { check: 'database' })).toBe(1);
  expect(down.filter(({ name }) => name === 'watchledger_clock_difference_seconds')).toEqual([]);
  const { body } = await api(service.url, null).get<Readiness>('/readyz');
  expect([body.ready, body.status]).toEqual([false, 'down']);
});

test('nobody is named in the figures', async () => {
  const service = await startService();
  const { open, beat, end } = viewer([service], 'learner-4711');
  const { body } = await open('tab-of-4711');
  await beat(body.sessionId);
  await end(body.sessionId);
  await fetch(`${service.url}/v1/learners/learner-4711/credits`);
  const text = await (await fetch(`${service.url}/metrics`)).text();
  expect(text).not.toMatch(/4711|demo-video/);
  expect(text).not.toContain(body.sessionId);
});
