import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Credits, OpenedSession, Session } from '@watchledger/contract';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  api,
  freePort,
  startChild,
  startRedis,
  startService,
  type TestService,
  temporaryFolder,
} from '../harness/index.ts';
import { storeKinds } from '../stores/kinds.ts';
import { startStores } from '../stores/stores.ts';

/** A service with many learners who watch at once. */
async function classroom(learners: number, env: Readonly<Record<string, string>>) {
  const service = await startService({ env });
  const watching = await Promise.all(
    Array.from({ length: learners }, async (_, n) => {
      const caller = api(service.url, service.token({ sub: `u${n}`, scope: 'watch' }));
      const { status, body } = await caller.post<OpenedSession>('/v1/sessions', {
        coursewareId: 'demo-video',
      });
      expect(status).toBe(201);
      return { learner: `u${n}`, caller, sessionId: body.sessionId, acknowledgedMs: 0 };
    }),
  );
  return { service, watching };
}

describe.each(storeKinds)('a stop in the middle of heartbeats (%s)', (kind) => {
  test('loses no answered one, answers the rest 503 with Retry-After, and exits with 0', async () => {
    const { env } = await startStores(kind);
    const { service, watching } = await classroom(30, env);
    const openedAt = performance.now();
    const statuses = new Set<number>();
    let over = false;

    const beating = watching.map(async (viewer) => {
      while (!over) {
        const watchedMs = Math.floor(performance.now() - openedAt);
        const answer = await viewer.caller
          .post<Session>(`/v1/sessions/${viewer.sessionId}/heartbeats`, {
            watchedMs,
            state: 'playing',
            position: 1,
          })
          .catch(() => null);
        if (answer === null) return;
        statuses.add(answer.status);
        if (answer.status === 200) viewer.acknowledgedMs = answer.body.watchedMs;
        if (answer.status === 503) expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
      }
    });
    await pause(700);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    over = true;
    await Promise.all(beating);
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);

    await service.restart();
    for (const { learner, acknowledgedMs } of watching) {
      expect(acknowledgedMs).toBeGreaterThan(0);
      const reader = api(service.url, service.token({ sub: 'lms', scope: 'credits:read' }));
      const { body } = await reader.get<Credits>(`/v1/learners/${learner}/credits`);
      expect(body.online.watchedSeconds).toBeGreaterThanOrEqual(Math.floor(acknowledgedMs / 1_000));
    }
  });
});

test('no learner is named in the log of an ordinary day', async () => {
  const { service, watching } = await classroom(1, {});
  for (const { caller, sessionId } of watching) {
    await caller.post(`/v1/sessions/${sessionId}/heartbeats`, {
      watchedMs: 10,
      state: 'playing',
      position: 0,
    });
    await caller.get('/v1/learners/u0/credits');
    await caller.post(`/v1/sessions/${sessionId}/end`, {});
  }
  await service.stop();
  expect(service.logs()).toContain('listening on');
  expect(service.logs()).not.toMatch(/\bu0\b/);
});

test('production logs are JSON, offer nobody a way in, and there is no demo', async () => {
  const service = await startService({ env: { NODE_ENV: 'production' } });
  for (const path of ['/demo/video', '/demo/document', '/media/demo.webm']) {
    expect((await fetch(`${service.url}${path}`)).status).toBe(404);
  }
  expect(await (await fetch(service.url)).text()).not.toContain('/demo/');
  await service.stop();
  const lines = service
    .logs()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ level }) => level)).not.toContain('error');
  expect(lines.map(({ msg }) => msg)).toContain(`listening on ${service.url}`);
  expect(service.links()).toEqual([]);
});

/** A connection on which these bytes were sent, and nothing is ever read. */
async function slowClient(service: TestService, bytes: string) {
  const socket = connect(service.port, '127.0.0.1').pause();
  socket.on('error', () => {});
  socket.write(bytes);
  await pause(300);
  return socket;
}

/** Far more than the buffers between two processes hold. */
const unreadAnswers = 'GET /media/demo.webm HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20);

test('clients that send half a request or read no answer do not make the stop a forced one', async () => {
  const service = await startService();
  const token = service.token({ sub: 'u1', scope: 'watch' });
  const sockets = [
    await slowClient(
      service,
      `POST /v1/sessions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    ),
    await slowClient(service, 'GET /healthz HTTP/1.1\r\nHo'),
    await slowClient(service, unreadAnswers),
  ];
  expect(await service.stop()).toEqual({ code: 0, signal: null });
  expect(service.logs()).toMatch(/ stopped\n/);
  for (const socket of sockets) socket.destroy();
});

/** Until it has said so, which the harness hears with some delay. */
const hasSaid = (service: TestService, words: string) =>
  expect.poll(() => service.logs(), { timeout: 20_000 }).toContain(words);

/** Longer than a signal that comes twice at once. */
const later = () => pause(1_500);

test('a second request to stop is obeyed at once, whatever is still under way', async () => {
  const service = await startService();
  const socket = await slowClient(service, unreadAnswers);
  service.signal('SIGTERM');
  await hasSaid(service, 'SIGTERM: finishing');
  const { status } = await fetch(`${service.url}/readyz`);
  expect(status).toBe(503);
  await later();
  expect(await service.stop()).toEqual({ code: 1, signal: null });
  expect(service.logs()).toContain('stopped by force: a second SIGTERM');
  socket.destroy();
});

test('a reload that is followed by a stop is not impatience', async () => {
  const service = await startService();
  const socket = await slowClient(service, unreadAnswers);
  service.signal('SIGHUP');
  await hasSaid(service, 'SIGHUP: finishing');
  await later();
  expect(await service.stop()).toEqual({ code: 0, signal: null });
  socket.destroy();
});

describe('a stop while it still starts', () => {
  const program = fileURLToPath(new URL('../../services/server/bin/watchledger.js', import.meta.url));

  /** A store that takes connections and never says a word. */
  async function hangingStore() {
    const connected = Promise.withResolvers<void>();
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      connected.resolve();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    await once(server, 'listening');
    return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, connected: connected.promise };
  }

  async function starting(
    store: 'Redis' | 'PostgreSQL',
    args: readonly string[],
    before: readonly string[] = [],
  ) {
    const { address, connected } = await hangingStore();
    const env = {
      PORT: String(await freePort()),
      AUTH_SECRET: 'a secret of this test, which nobody else uses',
      DATABASE_URL: store === 'Redis' ? `file:${temporaryFolder()}/w.db` : `postgres://w@${address}/w`,
      REDIS_URL: store === 'Redis' ? `redis://${address}` : (await startRedis()).url,
    };
    const [command = '', ...rest] = [...before, process.execPath, program, ...args];
    const child = startChild(command, rest, { env });
    await connected;
    return child;
  }

  test.each([
    ['Redis', []],
    ['Redis', ['--workers', '2']],
    ['PostgreSQL', []],
    ['PostgreSQL', ['--workers', '2']],
  ] as const)('that waits for a %s which says nothing ends it at once (%j)', async (store, args) => {
    const child = await starting(store, args);
    expect(await child.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect([child.stdout(), child.stderr()]).toEqual([expect.stringContaining('stopped'), '']);
  });

  const asProcessOne = ['unshare', '--pid', '--fork'];
  const canBe = spawnSync(asProcessOne[0] ?? '', [...asProcessOne.slice(1), 'true']).status === 0;

  test.runIf(canBe)('is heard by process 1 of a container, too', async () => {
    const child = await starting('PostgreSQL', [], asProcessOne);
    const [one] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ');
    process.kill(Number(one), 'SIGTERM');
    expect(await child.ended).toEqual({ code: 0, signal: null });
  });
});
