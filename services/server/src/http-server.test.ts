import { Agent, get } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type HttpServer, listen } from './http-server.ts';
import { StartFault } from './start-fault.ts';

const servers: HttpServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.cut();
});

async function serving(
  fetch: (request: Request) => Response | Promise<Response>,
  port = 0,
): Promise<HttpServer> {
  const corsOrigins = ['https://learn.example.org'];
  const server = await listen({ fetch, host: '127.0.0.1', port, corsOrigins });
  servers.push(server);
  return server;
}

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
  const drained = drain(0);

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
  const drained = drain(0);
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
  const drained = drain(0);
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
  const drained = drain(0);
  expect(await response.text()).toBe('one two three');
  await drained;
});

test('an idle connection does not hold it up', async () => {
  const { origin, drain } = await serving(() => new Response('ok'));
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve) => get(origin, { agent }, (response) => response.resume().on('end', resolve)));
  await drain(0);
  agent.destroy();
});

test('a taken port is a fault that names it', async () => {
  const { origin } = await serving(() => new Response());
  const port = Number(new URL(origin).port);
  const second = serving(() => new Response(), port);
  await expect(second).rejects.toBeInstanceOf(StartFault);
  await expect(second).rejects.toThrow(`PORT ${port} on 127.0.0.1 is taken`);
});
