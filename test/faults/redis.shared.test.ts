import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, Readiness } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { api, startService, type TestRedis, type TestService } from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';
import { auditCredits, auditDatabase, clean } from './audit.ts';
import { createLearners, type Learner, silentFor, watchTogether } from './learner.ts';
import { openElsewhere } from './rival.ts';

const shortLock = { heartbeat: '1s', lock: '3s', slack: '1s' };
const shortLockMs = 3_000;
const stallMs = 6_000;

async function startWithRedis(policy?: object): Promise<{ redis: TestRedis; service: TestService }> {
  const { env, redis } = await startStores();
  if (redis === null) throw new Error('these stores have no Redis');
  return { redis, service: await startService({ env, ...(policy === undefined ? {} : { policy }) }) };
}

async function expectClean(service: TestService, learners: readonly Learner[]): Promise<void> {
  expect(await auditDatabase(service.databaseUrl, learners)).toEqual(clean);
  expect(await auditCredits(service, learners)).toEqual(clean);
}

function acknowledged(learners: readonly Learner[]): number {
  return learners.reduce((sum, learner) => sum + learner.acknowledged, 0);
}

async function readiness(service: TestService): Promise<{ status: number; failing: string[] }> {
  const { status, body } = await api(service.url, null).get<Readiness>('/readyz');
  return { status, failing: body.checks.filter(({ ok }) => !ok).map(({ name }) => name) };
}

test('Redis restarted empty under many viewings: they are adopted, nothing is lost, nobody else slips in', async () => {
  const { redis, service } = await startWithRedis();
  const learners = createLearners(service, 20, false);
  for (let wipe = 0; wipe < 3; wipe += 1) {
    const classroom = watchTogether(learners);
    expect(await silentFor(10_000, learners)).toEqual([]);
    await redis.restartEmpty();
    expect(await silentFor(10_000, learners)).toEqual([]);
    await classroom.stop();
  }
  for (const { viewings } of learners) expect(viewings).toHaveLength(1);
  await expectClean(service, learners);
});

test('right after the wipe, before any heartbeat, a parallel opening is refused', async () => {
  const { redis, service } = await startWithRedis();
  const learners = createLearners(service, 10, false);
  const classroom = watchTogether(learners);
  expect(await silentFor(10_000, learners)).toEqual([]);
  await classroom.stop();
  await redis.restartEmpty();
  await expect.poll(() => readiness(service), { timeout: 5_000 }).toEqual({ status: 200, failing: [] });

  const answers = await Promise.all(learners.map(({ id }) => openElsewhere(service, id)));
  for (const { status, body } of answers) {
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'parallel-viewing', active: { coursewareId: 'demo-video' } });
  }
  const again = watchTogether(learners);
  expect(await silentFor(5_000, learners)).toEqual([]);
  await again.stop();
  await expectClean(service, learners);
});

test('Redis away for seconds: 503 with Retry-After at once, nothing runs later, all heals', async () => {
  const { redis, service } = await startWithRedis();
  const learners = createLearners(service, 10, false);
  const classroom = watchTogether(learners);
  expect(await silentFor(10_000, learners)).toEqual([]);

  await redis.stop();
  await expect.poll(() => readiness(service), { timeout: 5_000 }).toMatchObject({ status: 503 });
  expect((await readiness(service)).failing).toContain('lock');
  const before = acknowledged(learners);
  await pause(3_000);
  expect(acknowledged(learners)).toBe(before);
  for (const { turnedAway, refusals } of learners) {
    expect(turnedAway.count).toBeGreaterThan(5);
    expect(turnedAway.slowestMs).toBeLessThan(1_500);
    expect(refusals).toEqual([]);
  }

  // If any of these waited somewhere for Redis to come back, it would end or replace a session later.
  for (const { id, viewings } of learners) {
    const caller = api(service.url, service.token({ sub: id, scope: 'watch' }));
    const ending = await caller.post(`/v1/sessions/${viewings[0]?.sessionId}/end`, {});
    const opening = await caller.post('/v1/sessions', {
      coursewareId: 'demo-document',
      clientId: `tab-of-${id}`,
    });
    for (const { status, headers } of [ending, opening]) {
      expect(status).toBe(503);
      expect(headers.get('Retry-After')).toMatch(/^\d+$/);
    }
  }

  await redis.restartEmpty();
  expect(await silentFor(10_000, learners)).toEqual([]);
  expect(await readiness(service)).toEqual({ status: 200, failing: [] });
  await pause(500);
  await classroom.stop();
  for (const { viewings } of learners) expect(viewings).toHaveLength(1);
  await expectClean(service, learners);
});

test('Redis stalled: nobody waits for long, and what was acknowledged stays', async () => {
  const { redis, service } = await startWithRedis();
  const learners = createLearners(service, 10, false);
  const classroom = watchTogether(learners);
  expect(await silentFor(10_000, learners)).toEqual([]);
  redis.stall();
  await pause(stallMs);
  redis.resume();
  expect(await silentFor(10_000, learners)).toEqual([]);
  await classroom.stop();
  for (const { turnedAway, viewings } of learners) {
    expect(turnedAway.count).toBeGreaterThan(0);
    expect(turnedAway.slowestMs).toBeLessThan(stallMs);
    expect(viewings).toHaveLength(1);
  }
  // What Redis had been sent before it stalled, it refuses to run so late: nobody's claim grows old in it.
  await expectClean(service, learners);
});

test('Redis killed in the middle of openings: one unsealed session each, and everybody gets in within `lock`', async () => {
  const { redis, service } = await startWithRedis(shortLock);
  const ids = Array.from({ length: 20 }, (_, n) => `u${n}`);

  for (let round = 0; round < 3; round += 1) {
    const over = new AbortController();
    const reloading = Promise.all(ids.map((id) => keepReloading(service, id, over.signal)));
    await pause(200 + Math.random() * 200);
    await redis.stop();
    over.abort();
    await reloading;

    await redis.restartEmpty();
    const waitedMs = await Promise.all(ids.map((id) => openOnAnotherDevice(service, id, `device-${round}`)));
    expect(Math.max(...waitedMs)).toBeLessThan(shortLockMs + 1_000);
  }
  const witnesses = ids.map((id) => ({ id, viewings: [], refusals: [] }));
  expect(await auditDatabase(service.databaseUrl, witnesses)).toEqual(clean);
});

function opener(service: TestService, id: string, clientId: string) {
  const caller = api(service.url, service.token({ sub: id, scope: 'watch' }));
  return () => caller.post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video', clientId });
}

/** One page that is loaded over and over; every time it takes its own place. */
async function keepReloading(service: TestService, id: string, over: AbortSignal): Promise<void> {
  const open = opener(service, id, 'the-same-tab');
  for (let loads = 0; loads < 1_000 && !over.aborted; loads += 1) {
    const { status } = await open();
    expect([201, 503, 409]).toContain(status);
  }
}

/** Asks until it is let in; answers with how long that took. */
async function openOnAnotherDevice(service: TestService, id: string, clientId: string): Promise<number> {
  const open = opener(service, id, clientId);
  const startedAt = performance.now();
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { status } = await open();
    if (status === 201) return performance.now() - startedAt;
    expect([409, 503]).toContain(status);
    await pause(50);
  }
  throw new Error(`${id} was not let in`);
}
