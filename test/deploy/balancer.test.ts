import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProblemDocument, Session } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { leaveForCleanup } from '../harness/cleanup.ts';
import {
  type Answer,
  api,
  freePort,
  locate,
  redisServer,
  startChild,
  startRedis,
  startService,
  type TestService,
  temporaryFolder,
} from '../harness/index.ts';
import { pageOf } from '../viewing/site.ts';
import { startItsBalancer } from './compose/balancer.ts';
import { filled, readCompose } from './compose/compose.ts';

const { services: composed } = readCompose(filled);
const origin = 'https://learn.example.org';

/** Redis as compose.yaml has it, but for its address. */
async function startItsRedis(): Promise<string> {
  const [program, ...args] = composed.redis?.command?.trim().split(/\s+/) ?? [];
  expect(program).toBe('redis-server');
  const port = await freePort();
  const here = ['--port', String(port), '--bind', '127.0.0.1', '--dir', temporaryFolder()];
  const redis = startChild(locate(redisServer), [...args, ...here]);
  await redis.says(/Ready to accept connections/, 10_000);
  return String(composed['app-1']?.environment?.REDIS_URL).replace('redis:6379', `127.0.0.1:${port}`);
}

async function startThree(redisUrl: string): Promise<[TestService, TestService, TestService]> {
  const env = {
    REDIS_URL: redisUrl,
    DATABASE_URL: `file:${join(temporaryFolder(), 'ledger.db')}`,
    CORS_ORIGINS: origin,
  };
  const first = await startService({ env });
  return [first, ...(await Promise.all([startService({ env }), startService({ env })]))];
}

/** Learners who watch through the balancer, each reporting ten times a second until they are stopped. */
async function watching(url: string, token: TestService['token'], learners: number) {
  const answers: Answer<Session | ProblemDocument>[] = [];
  let over = false;
  const each = Array.from({ length: learners }, async (_, n) => {
    const learner = api(url, token({ sub: `u${n}`, scope: 'watch' }));
    const viewing = await pageOf(`u${n}`, learner).watch('demo-video', { clientId: 'tab' });
    return async () => {
      let last = 0;
      while (!over) {
        await pause(100);
        const beat = { watchedMs: viewing.elapsedMs(), state: 'playing' };
        const path = `/v1/sessions/${viewing.session.sessionId}/heartbeats`;
        const answer = await learner.post<Session>(path, beat, { Origin: origin });
        answers.push(answer);
        if (answer.status === 200) last = answer.body.watchedMs;
      }
      return { watchedMs: last, elapsedMs: viewing.elapsedMs() };
    };
  });
  const running = (await Promise.all(each)).map((run) => run());
  return {
    answers,
    /** Waits until so many more reports than there are now were answered with this status. */
    async hear(status: number, more: number) {
      const before = answers.length;
      const heard = () => answers.slice(before).filter((answer) => answer.status === status).length;
      await expect.poll(heard, { timeout: 60_000, interval: 50 }).toBeGreaterThan(more);
    },
    async stop() {
      over = true;
      return Promise.all(running);
    },
  };
}

test('with the Redis of compose.yaml, no learner notices that a process is killed and another one drained', async () => {
  const services = await startThree(await startItsRedis());
  const [killed, drained, left] = services;
  const balancer = await startItsBalancer(services.map(({ port }) => port));
  const learners = await watching(balancer.url, left.token, 12);
  await learners.hear(200, 60);
  await killed.kill();
  await learners.hear(200, 60);
  expect(await drained.stop()).toEqual({ code: 0, signal: null });
  await learners.hear(200, 60);
  for (const { watchedMs, elapsedMs } of await learners.stop()) {
    expect(watchedMs).toBeGreaterThan(500);
    expect(watchedMs).toBeLessThanOrEqual(elapsedMs);
  }
  expect(new Set(learners.answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await fetch(`${balancer.url}/readyz`)).status).toBe(200);
  // Of all that failed on the way its log names nobody: it has no word of it.
  expect(balancer.logs()).toBe('');
});

test('while Redis is away reports are told to come again, pages are served, and all of it heals', async () => {
  const redis = await startRedis();
  const services = await startThree(redis.url);
  const balancer = await startItsBalancer(services.map(({ port }) => port));
  const learners = await watching(balancer.url, services[0].token, 6);
  await learners.hear(200, 20);
  await redis.stop();
  const pages: number[] = [];
  for (let nth = 0; nth < 10; nth += 1) {
    await learners.hear(503, 5);
    for (const page of ['/', '/docs', '/healthz', '/sdk/watchledger.js']) {
      pages.push((await fetch(`${balancer.url}${page}`)).status);
    }
  }
  expect(new Set(pages)).toEqual(new Set([200]));
  await redis.restartEmpty();
  await learners.hear(200, 60);
  await learners.stop();

  const refused = learners.answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(50);
  const told = refused.map(({ status, headers }) => [
    status,
    headers.get('Content-Type'),
    Number(headers.get('Retry-After')) > 0,
    headers.get('Access-Control-Allow-Origin'),
  ]);
  const comeAgain = [503, 'application/problem+json', true, origin];
  expect([...new Set(told.map((each) => JSON.stringify(each)))]).toEqual([JSON.stringify(comeAgain)]);
  expect(learners.answers.slice(-10).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(balancer.logs()).toBe('');
});

/** A process that takes each request and does this with it; `asked` has what it was asked. */
async function startStandIn(behaviour: 'cuts off' | 'hangs') {
  const asked: string[] = [];
  const server = createServer((request) => {
    asked.push(`${request.method} ${request.url}`);
    if (behaviour === 'cuts off') request.socket.destroy();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  leaveForCleanup({ undo: async () => stop(), atOnce: stop });
  return { port, asked };
}

async function startStandIns(behaviour: 'cuts off' | 'hangs') {
  const three = await Promise.all([1, 2, 3].map(() => startStandIn(behaviour)));
  const balancer = await startItsBalancer(three.map(({ port }) => port));
  return { balancer, asked: () => three.flatMap(({ asked }) => asked) };
}

test('what a process may have done already is sent to another one only where twice is once', async () => {
  const { balancer, asked } = await startStandIns('cuts off');
  const post = async (path: string) => {
    const answer = await fetch(`${balancer.url}${path}`, { method: 'POST', body: '{}', headers: { origin } });
    return [
      answer.status,
      answer.headers.get('Retry-After'),
      answer.headers.get('Access-Control-Allow-Origin'),
    ];
  };
  expect(await post('/v1/sessions')).toEqual([503, '5', origin]);
  expect(await post('/v1/courseware/import')).toEqual([503, '5', origin]);
  expect(asked()).toEqual(['POST /v1/sessions', 'POST /v1/courseware/import']);
  for (const path of ['/v1/sessions/s-17/heartbeats', '/v1/sessions/s-17/end']) {
    expect(await post(path)).toEqual([503, '5', origin]);
    expect(asked().filter((each) => each === `POST ${path}`)).toHaveLength(3);
  }
  expect((await fetch(`${balancer.url}/v1/learners/u-17/credits`)).status).toBe(503);
  expect(balancer.logs()).toBe('');
});

test('processes that hang are not tried one after the other', async () => {
  const { balancer, asked } = await startStandIns('hangs');
  const answer = await fetch(`${balancer.url}/v1/sessions/s-17/heartbeats`, { method: 'POST', body: '{}' });
  expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
  expect(asked()).toHaveLength(1);
});

test('the nginx of compose.yaml is one that looks names up anew', () => {
  // `resolve` is free software since 1.27.3, so in every 1.28.
  const [, minor] = composed.balancer?.image.match(/^nginx:1\.(\d+)-/) ?? [];
  expect(Number(minor)).toBeGreaterThanOrEqual(28);
});
