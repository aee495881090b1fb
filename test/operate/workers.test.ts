import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, Session } from '@watchledger/contract';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  api,
  cleanUp,
  fileOf,
  freePort,
  runCommand,
  startRedis,
  startService,
  type TestService,
} from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';

describe.each(['sqlite-redis', 'postgres-redis'] as const)(
  'several workers at one port, on %s',
  { timeout: 300_000 },
  (kind) => {
    let service: TestService;
    beforeAll(async () => {
      const { env } = await startStores(kind);
      service = await startService({ env, args: ['--workers', '2'] });
    });
    afterAll(cleanUp);

    const ask = (path: string, init?: RequestInit) => askNext(service, path, init);
    const figure = (line: RegExp) => figureOf(service, line);
    const watch = (learner: string, heartbeats: number) => watchOn(service, learner, heartbeats);

    test('serve one learner together', async () => {
      expect((await watch('u1', 6)).watchedMs).toBe(60);
    });

    test('answer a scrape with the figures of all, which never fall when workers come and go', async () => {
      const before = await figure(beats);
      expect(before).toBeGreaterThanOrEqual(6);
      expect([await figure(beats), await figure(beats)]).toEqual([before, before]);
      service.signal('SIGHUP');
      await hasSaid(service, 'all workers are replaced');
      expect(alarms(service)).toEqual([]);
      expect(await figure(/^watchledger_ready (\d)$/m)).toBe(1);
      expect(await figure(beats)).toBe(before);
      await watch('u2', 2);
      expect(await figure(beats)).toBe(before + 2);
    });

    test('let in by a one-time link once, whichever of them is asked', async () => {
      const codes = service.links().map((link) => new URL(link).hash.slice('#code='.length));
      expect(codes).toHaveLength(10);
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
      await hasSaid(service, 'a worker ended (SIGKILL)');
      await watch('u3', 2);
      await hasSaid(service, 'a worker took the place of one that had ended');
      expect(workerPids(service.pid)).toHaveLength(2);
    });

    test('stop together', async () => {
      const pids = workerPids(service.pid);
      expect(await service.stop()).toEqual({ code: 0, signal: null });
      expect(pids.filter(isAlive)).toEqual([]);
      expect(alarms(service)).toEqual([expect.stringContaining('a worker ended (SIGKILL)')]);
      expect(service.logs().match(/listening on/g)).toHaveLength(1);
    });
  },
);

describe('a worker that is stuck', { timeout: 300_000 }, () => {
  /** A machine whose first worker, which has counted, has been brought to a standstill. */
  async function withOneStuck() {
    const { env } = await startStores('sqlite-redis');
    const service = await startService({ env, args: ['--workers', '2'] });
    await watchOn(service, 'u1', 6);
    expect(await figureOf(service, beats)).toBe(6);
    const [stuck = -1] = workerPids(service.pid);
    process.kill(stuck, 'SIGSTOP');
    return { service, stuck };
  }

  /** Whoever is given to the stuck worker waits in vain; the next one gets the other. */
  const beatsCounted = (service: TestService) =>
    figureOf(service, beats, AbortSignal.timeout(9_000)).catch(() => null);

  test('counts in a scrape with what it said last, and is replaced after half a minute', async () => {
    const { service, stuck } = await withOneStuck();
    await expect.poll(() => beatsCounted(service), { timeout: 60_000 }).toBe(6);
    await hasSaid(service, 'a worker has been mute for 30 s');
    await hasSaid(service, 'a worker took the place of one that had ended');
    expect(isAlive(stuck)).toBe(false);
    expect(await figureOf(service, beats)).toBe(6);
  });

  test('does not hold up a rolling restart', async () => {
    const { service, stuck } = await withOneStuck();
    service.signal('SIGHUP');
    await hasSaid(service, 'all workers are replaced');
    expect(isAlive(stuck)).toBe(false);
    expect(workerPids(service.pid)).toHaveLength(2);
    expect(await figureOf(service, beats)).toBe(6);
  });
});

test('a stop while an old worker hands over is not impatience', async () => {
  const { env } = await startStores('sqlite-redis');
  const service = await startService({ env, args: ['--workers', '2'] });
  // Unread answers on each worker: it hands over as long as it may.
  const sockets = Array.from({ length: 2 }, () => {
    const socket = connect(service.port, '127.0.0.1').pause();
    socket.on('error', () => {}).write('GET /media/demo.webm HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20));
    return socket;
  });
  service.signal('SIGHUP');
  await hasSaid(service, 'replaced: finishing');
  await pause(1_500);
  expect(await service.stop()).toEqual({ code: 0, signal: null });
  expect(alarms(service)).toEqual([]);
  for (const socket of sockets) socket.destroy();
});

test('a new worker that is not ready gets no request, and the old ones go on', async () => {
  const { env } = await startStores('sqlite-redis');
  const service = await startService({ env, args: ['--workers', '2'] });
  await watchOn(service, 'u1', 1);
  // A report from the future: a process that sees it trusts no clock.
  const database = new Database(fileOf(service.databaseUrl));
  database.prepare('update sessions set last_report_at = ?').run(Date.now() + 600_000);
  database.close();
  const olds = workerPids(service.pid);
  service.signal('SIGHUP');
  const sockets: Socket[] = [];
  while (!service.logs().includes('replacing is given up')) {
    const socket = connect(service.port, '127.0.0.1').on('error', () => {});
    socket.resume().write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    sockets.push(socket);
    await pause(100);
  }
  // One that had come to the new worker would have gone with it.
  expect(sockets.filter(({ closed, readableEnded }) => closed || readableEnded)).toEqual([]);
  expect(service.logs()).toContain('the new worker is not ready: clock');
  await expect.poll(() => workerPids(service.pid)).toEqual(olds);
  for (const socket of sockets) socket.destroy();
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

/** On a connection of its own: the next worker answers. */
function askNext({ url }: TestService, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url + path, { ...init, headers: { Connection: 'close', ...init.headers } });
}

const beats = /^watchledger_heartbeats_total\{outcome="accepted"\} (\d+)$/m;

/** What a scrape says of this line; 0 where it is not there. */
async function figureOf(service: TestService, line: RegExp, signal?: AbortSignal): Promise<number> {
  const scrape = await askNext(service, '/metrics', signal === undefined ? {} : { signal });
  if (!scrape.ok) throw new Error(`a scrape was answered ${scrape.status}`);
  return Number((await scrape.text()).match(line)?.[1] ?? 0);
}

async function watchOn(service: TestService, learner: string, heartbeats: number): Promise<Session> {
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

const hasSaid = (service: TestService, words: string) =>
  expect.poll(() => service.logs(), { timeout: 90_000 }).toContain(words);

/** What the log warns of, but for how the stores of the tests are set. */
function alarms(service: TestService): string[] {
  const lines = service.logs().split('\n');
  return lines.filter((line) => / (warn|error) /.test(line) && !/(REDIS|DATABASE)_URL: /.test(line));
}
