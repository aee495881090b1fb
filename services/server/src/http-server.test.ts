import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Fetch, type HttpServer, type HttpServerOptions, listen } from './http-server.ts';
import { StartFault } from './start-fault.ts';

const servers: HttpServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.cut();
});

async function listening(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  const corsOrigins = ['https://learn.example.org'];
  const server = await listen({ host: '127.0.0.1', port: 0, corsOrigins, ...options });
  servers.push(server);
  return server;
}

async function serving(fetch: Fetch, options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  const server = await listening(options);
  await server.serve(fetch);
  return server;
}

const patient = { notice: 0, requests: 20_000, answers: 20_000 };

/** A request that is answered only when the test says so. */
function held() {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  const fetch = () => {
    arrived.resolve();
    return answer.promise;
  };
  return { fetch, arrived: arrived.promise, answer: answer.resolve };
}

test('what is under way when it drains is answered; what comes then is sent elsewhere', async () => {
  const work = held();
  const { origin, drain } = await serving(work.fetch);
  const early = fetch(`${origin}/v1/sessions`);
  await work.arrived;
  const drained = drain(patient);

  const late = await fetch(`${origin}/readyz`);
  expect(late.status).toBe(503);
  expect(late.headers.get('Retry-After')).toBe('5');
  expect(late.headers.get('Connection')).toBe('close');
  expect(late.headers.get('Content-Type')).toBe('application/problem+json');
  expect(await late.json()).toMatchObject({ code: 'unavailable', status: 503, retryAfterSeconds: 5 });

  work.answer(new Response('committed'));
  expect(await (await early).text()).toBe('committed');
  await drained;
  await expect(fetch(origin)).rejects.toThrow();
});

test('while it drains, its liveness and figures can still be asked for', async () => {
  const work = held();
  const { origin, drain } = await serving((request) =>
    /healthz|metrics/.test(request.url) ? new Response('here') : work.fetch(),
  );
  void fetch(origin);
  await work.arrived;
  const drained = drain(patient);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect((await fetch(`${origin}/metrics?x`)).status).toBe(200);
  work.answer(new Response());
  await drained;
});

test('a page of an allowed origin can read the refusal, one of another origin cannot', async () => {
  const work = held();
  const { origin, drain } = await serving(work.fetch);
  void fetch(origin);
  await work.arrived;
  const drained = drain(patient);
  const toldTo = async (Origin: string) =>
    (await fetch(origin, { headers: { Origin } })).headers.get('Access-Control-Allow-Origin');
  expect(await toldTo('https://learn.example.org')).toBe('https://learn.example.org');
  expect(await toldTo('https://elsewhere.example.org')).toBeNull();
  work.answer(new Response());
  await drained;
});

test('a stream is sent to its end', async () => {
  const { origin, drain } = await serving(() => {
    const parts = ['one ', 'two ', 'three'];
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setImmediate(resolve));
          const part = parts.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(part));
        },
      }),
    );
  });
  const response = await fetch(origin);
  const drained = drain(patient);
  expect(await response.text()).toBe('one two three');
  await drained;
});

/** Far longer than any test: what is asked in a stage is asked while it lasts. */
const longNotice = { ...patient, notice: 600_000 };

/** Asks on one connection that is kept as long as the server wants it. */
function onOneConnection(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path = '/') =>
    new Promise<{ status: number | undefined; connection: string | undefined; reused: boolean }>(
      (resolve, reject) => {
        const request = get(origin + path, { agent }, (response) => {
          const { statusCode: status, headers } = response;
          response.resume().on('end', () => {
            resolve({ status, connection: headers.connection, reused: request.reusedSocket });
          });
        }).on('error', reject);
      },
    );
}

test('while it says that it goes it still answers, and lets each connection go', async () => {
  const { origin, drain } = await serving(() => new Response('here'));
  const ask = onOneConnection(origin);
  expect(await ask()).toMatchObject({ status: 200, connection: 'keep-alive' });
  void drain(longNotice);
  expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  expect(await ask()).toEqual({ status: 200, connection: 'close', reused: true });
  expect(await ask()).toEqual({ status: 200, connection: 'close', reused: false });
});

describe('one of several processes at a port, handing over', () => {
  test('takes no new connection and answers all that comes on those it has', async () => {
    const work = held();
    const { origin, handOver } = await serving((request) =>
      request.url.endsWith('/work') ? work.fetch() : new Response('here'),
    );
    const early = fetch(`${origin}/work`);
    await work.arrived;
    const ask = onOneConnection(origin);
    await ask();
    void handOver(longNotice);
    expect(await ask('/readyz')).toEqual({ status: 200, connection: 'close', reused: true });
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    work.answer(new Response('committed'));
    expect(await (await early).text()).toBe('committed');
  });

  test('ends when all is answered, with the idle connections', async () => {
    const work = held();
    const { origin, handOver } = await serving(work.fetch);
    const early = fetch(origin);
    await work.arrived;
    const idle = await mute(origin, '');
    const closed = once(idle.resume(), 'close');
    const over = handOver(patient);
    work.answer(new Response('committed'));
    expect(await (await early).text()).toBe('committed');
    await over;
    await closed;
  });

  test('a new one takes the port only when it can serve', async () => {
    const { origin, cut } = await serving(() => new Response('old'));
    const port = Number(new URL(origin).port);
    const successor = await listening({ port, late: true });
    expect(await (await fetch(origin)).text()).toBe('old');
    cut();
    await successor.serve(() => new Response('new'));
    expect(successor.origin).toBe(origin);
    expect(await (await fetch(origin)).text()).toBe('new');
  });
});

describe('limits', () => {
  test('beyond its connections it says 503 and closes, and still tells how it is', async () => {
    const { origin } = await serving(() => new Response('here'), { maxConnections: 1 });
    const ask = onOneConnection(origin);
    expect((await ask()).status).toBe(200);
    const surplus = onOneConnection(origin);
    expect(await surplus()).toMatchObject({ status: 503, connection: 'close' });
    expect(await surplus('/healthz')).toMatchObject({ status: 200, connection: 'close' });
    expect(await ask()).toMatchObject({ status: 200, reused: true });
  });

  test('with more requests under way than it may have, the next is told 503 at once', async () => {
    const work = held();
    const { origin } = await serving(
      (request) => (request.url.endsWith('/work') ? work.fetch() : new Response('here')),
      { maxRequests: 1 },
    );
    const first = fetch(`${origin}/work`);
    await work.arrived;
    const second = await fetch(`${origin}/work`, { headers: { Origin: 'https://learn.example.org' } });
    expect(second.status).toBe(503);
    expect(second.headers.get('Retry-After')).toBe('5');
    expect(second.headers.get('Access-Control-Allow-Origin')).toBe('https://learn.example.org');
    expect(await second.json()).toMatchObject({ code: 'unavailable' });
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await fetch(origin + path)).status, path).toBe(200);
    }
    work.answer(new Response('done'));
    expect(await (await first).text()).toBe('done');
    await expect.poll(async () => (await fetch(`${origin}/more`)).status).toBe(200);
  });
});

describe('slow senders', () => {
  /** Holds its end open whatever the server does. */
  async function halfOpen(origin: string, bytes: string) {
    const port = Number(new URL(origin).port);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {}).resume();
    await once(socket, 'connect');
    socket.write(bytes);
    return socket;
  }

  const stillHeld = (senders: readonly Socket[]) => () =>
    senders.filter(({ closed, readableEnded }) => !closed && !readableEnded).length;

  const halfBody = 'POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{';
  const echo = async (request: Request) => new Response(await request.text());
  const post = (origin: string) => fetch(origin, { method: 'POST', body: 'whole' });

  test('of a body do not keep others out: beyond a fifth of the requests the oldest is cut off', async () => {
    const server = await serving(echo, { maxRequests: 10 });
    const { origin } = server;
    const senders = await Promise.all(Array.from({ length: 30 }, () => halfOpen(origin, halfBody)));
    for (let n = 0; n < 20; n += 1) expect((await post(origin)).status).toBe(200);
    await expect.poll(stillHeld(senders), { timeout: 10_000 }).toBeLessThanOrEqual(2);
    await expect.poll(() => server.underWay).toBeLessThanOrEqual(2);
    for (const socket of senders) socket.destroy();
  });

  test('of a head do not keep others out: the oldest is cut off for the newcomer', async () => {
    const { origin } = await serving(echo, { maxConnections: 5 });
    const senders: Socket[] = [];
    for (let n = 0; n < 300; n += 1) senders.push(await halfOpen(origin, 'GET / HTTP/1.1\r\nHo'));
    for (const path of ['/', '/healthz']) {
      expect((await fetch(origin + path, { headers: { Connection: 'close' } })).status).toBe(200);
    }
    await expect.poll(stillHeld(senders), { timeout: 10_000 }).toBeLessThanOrEqual(5);
    for (const socket of senders) socket.destroy();
  });

  test('who may be told that it is full are not kept from it by those who ask nothing', async () => {
    const { origin } = await serving(() => new Response('here'), { maxConnections: 1 });
    const ask = onOneConnection(origin);
    await ask();
    const senders: Socket[] = [];
    for (let n = 0; n < 300; n += 1) senders.push(await halfOpen(origin, ''));
    expect((await fetch(origin)).status).toBe(503);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    for (const socket of senders) socket.destroy();
  });
});

test('an idle connection does not hold it up', async () => {
  const { origin, drain } = await serving(() => new Response('ok'));
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve) => get(origin, { agent }, (response) => response.resume().on('end', resolve)));
  await drain(patient);
  agent.destroy();
});

test('before it serves, whoever asks is told to come again', async () => {
  const { origin, serve } = await listening();
  const early = await fetch(`${origin}/healthz`);
  expect(early.status).toBe(503);
  expect(early.headers.get('Retry-After')).toBe('5');
  expect(await early.json()).toMatchObject({
    detail: 'This process is starting; send the same request again.',
  });
  await serve(() => new Response('here'));
  expect(await (await fetch(origin)).text()).toBe('here');
});

/** A connection on which these bytes were sent and nothing is read. */
async function mute(origin: string, bytes: string) {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1').pause();
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

test('a request that does not come whole holds it up no longer than was granted', async () => {
  const arrived = Promise.withResolvers<void>();
  const { origin, drain } = await serving(async (request) => {
    arrived.resolve();
    return new Response(await request.text());
  });
  const socket = await mute(origin, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{');
  const cut = once(socket.resume(), 'close');
  await arrived.promise;
  await drain({ ...patient, requests: 10 });
  await cut;
});

test('nor does an answer that nobody reads', async () => {
  const cancelled = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { origin, drain } = await serving(() => {
    arrived.resolve();
    const chunk = new Uint8Array(1_000_000);
    const pull = (controller: ReadableStreamDefaultController) => controller.enqueue(chunk);
    return new Response(new ReadableStream({ pull, cancel: () => cancelled.resolve() }));
  });
  const socket = await mute(origin, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await arrived.promise;
  await drain({ notice: 0, requests: 10, answers: 10 });
  await cancelled.promise;
  socket.destroy();
});

test('a taken port is a fault that names it', async () => {
  const { origin } = await serving(() => new Response());
  const port = Number(new URL(origin).port);
  const second = listening({ port });
  await expect(second).rejects.toBeInstanceOf(StartFault);
  await expect(second).rejects.toThrow(`PORT ${port} on 127.0.0.1 is taken`);
});
