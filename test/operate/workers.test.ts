import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, Session } from '@watchledger/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  api,
  cleanUp,
  freePort,
  runCommand,
  startRedis,
  startService,
  type TestRedis,
  type TestService,
} from '../harness/index.ts';

describe('several workers at one port', () => {
  let redis: TestRedis;
  let service: TestService;
  beforeAll(async () => {
    redis = await startRedis();
    service = await startService({ env: { REDIS_URL: redis.url }, args: ['--workers', '2'] });
  });
  afterAll(cleanUp);

  /** On a connection of its own: the next worker answers. */
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(service.url + path, { ...init, headers: { Connection: 'close', ...init.headers } });

  /** What a scrape says of this line; 0 where it is not there. */
  async function figure(line: RegExp): Promise<number> {
    const text = await (await ask('/metrics')).text();
    return Number(text.match(line)?.[1] ?? 0);
  }

  const beats = /^watchledger_heartbeats_total\{outcome="accepted"\} (\d+)$/m;

  async function watch(learner: string, heartbeats: number): Promise<Session> {
    const caller = api(service.url, service.token({ sub: learner, scope: 'watch' }));
    const close = { Connection: 'close' };
    const opened = await caller.post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video' }, close);
    expect(opened.status).toBe(201);
    let session: Session = opened.body;
    for (let n = 1; n <= heartbeats; n += 1) {
      await pause(20);
      const message = { watchedMs: n * 10, state: 'playing', position: n };
      const path = `/v1/sessions/${session.sessionId}/heartbeats`;
      const answer = await caller.post<Session>(path, message, close);
      expect(answer.status).toBe(200);
      session = answer.body;
    }
    return session;
  }

  test('serve one learner together', async () => {
    expect((await watch('u1', 6)).watchedMs).toBe(60);
  });

  test('answer a scrape with the figures of all, which never fall when workers come and go', async () => {
    const before = await figure(beats);
    expect(before).toBeGreaterThanOrEqual(6);
    expect([await figure(beats), await figure(beats)]).toEqual([before, before]);
    service.signal('SIGHUP');
    await expect.poll(() => service.logs(), { timeout: 60_000 }).toContain('all workers are replaced');
    expect(await figure(beats)).toBe(before);
    await watch('u2', 2);
    expect(await figure(beats)).toBe(before + 2);
  });

  test('let in by a one-time link once, whichever of them is asked', async () => {
    const codes = service.links().map((link) => new URL(link).hash.slice('#code='.length));
    expect(codes).toHaveLength(2);
    const signIn = async (code: string | undefined) => {
      const init = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: service.url },
        body: JSON.stringify({ code }),
      };
      return (await ask('/sign-in', init)).status;
    };
    const [first, second] = codes;
    expect([await signIn(first), await signIn(first), await signIn(first)]).toEqual([200, 401, 401]);
    expect([await signIn(second), await signIn(second), await signIn(second)]).toEqual([200, 401, 401]);
  });

  test('are brought back when one dies, and nobody waits for it', async () => {
    const [pid] = workerPids(service.pid);
    process.kill(pid ?? -1, 'SIGKILL');
    await expect.poll(() => service.logs()).toContain('a worker ended (SIGKILL)');
    await watch('u3', 2);
    await expect
      .poll(() => service.logs(), { timeout: 30_000 })
      .toContain('a worker took the place of one that had ended');
    expect(workerPids(service.pid)).toHaveLength(2);
  });

  test('stop together', async () => {
    const pids = workerPids(service.pid);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(pids.filter(isAlive)).toEqual([]);
    expect(service.logs().match(/listening on/g)).toHaveLength(1);
  });
});

test('when the primary process is killed, no worker outlives it', async () => {
  const redis = await startRedis();
  const service = await startService({ env: { REDIS_URL: redis.url, WORKERS: '2' } });
  const pids = workerPids(service.pid);
  expect(pids).toHaveLength(2);
  await service.kill();
  const alive = () => pids.filter(isAlive);
  await expect.poll(alive, { timeout: 10_000 }).toEqual([]);
});

describe('a start of workers that cannot succeed says why in one line and exits with 1', () => {
  test('without Redis', async () => {
    const { code, stderr } = await runCommand(['--workers', '2'], { PORT: '0' });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^watchledger: REDIS_URL [^\n]*WORKERS[^\n]*\n$/),
    ]);
  });

  test('with a Redis that is away', async () => {
    const env = { PORT: '0', REDIS_URL: `redis://127.0.0.1:${await freePort()}` };
    const { code, stderr } = await runCommand(['--workers', '2'], env);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^watchledger: REDIS_URL: [^\n]*ECONNREFUSED[^\n]*\n$/),
    ]);
  });

  test('a number that is none', async () => {
    const { code, stderr } = await runCommand(['--workers', 'many'], { PORT: '0' });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^watchledger: WORKERS must be auto or [^\n]*\n$/),
    ]);
  });
});

function workerPids(primary: number): number[] {
  const children = readFileSync(`/proc/${primary}/task/${primary}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
