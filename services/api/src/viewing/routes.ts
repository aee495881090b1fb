import { OpenAPIHono } from '@hono/zod-openapi';
import { EndSession, EndSessionByToken, type Fault, readMessage, SessionId } from '@watchledger/contract';
import type { Context } from 'hono';
import type { z } from 'zod';
import { watcher } from '../access/access.ts';
import { authenticate } from '../access/bearer.ts';
import type { ViewingUseCases } from '../deps.ts';
import { mediaType, readJson } from '../http/body.ts';
import { type Http, invalid, serve, servePublic } from '../http/serve.ts';
import { mountHeartbeats } from './heartbeats.ts';
import * as operations from './operations.ts';

export function viewingRoutes(viewing: ViewingUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  serve(app, http, operations.openSession, watcher, async (c, { body }, caller) => {
    const { session, endToken } = await viewing.openSession({ ...body, ...caller });
    return answers.json(c, { ...session, endToken }, 201);
  });

  mountHeartbeats(app, viewing, http);

  const { body: _, params: __, ...endSession } = operations.endSession;
  servePublic(app, http, endSession, async (c) => answers.json(c, await end(c)));

  serve(app, http, operations.currentSession, watcher, async (c, _message, caller) =>
    answers.json(c, await viewing.currentSession(caller)),
  );

  return app;

  async function end(c: Context) {
    if (mediaType(c).essence === 'text/plain') {
      const { sessionId, message } = read(EndSessionByToken, c, await readJson(c, ['text/plain']));
      return viewing.endSessionByToken({ sessionId, ...message });
    }
    const caller = watcher(await authenticate(c, http.verifyToken));
    const { sessionId, message } = read(EndSession, c, (await readJson(c)) ?? {});
    return viewing.endSession({ sessionId, ...message, ...caller });
  }
}

/** The session of the path and the message, or every fault of both. */
function read<Schema extends z.ZodType>(schema: Schema, c: Context, body: unknown) {
  const id = readMessage(SessionId, c.req.param('id'));
  const message = readMessage(schema, body);
  if (id.ok && message.ok) return { sessionId: id.value, message: message.value };
  const faults: Fault[] = [];
  if (!id.ok) faults.push(...id.faults.map((fault) => ({ ...fault, path: '/id' })));
  if (!message.ok) faults.push(...message.faults);
  throw invalid(faults);
}
