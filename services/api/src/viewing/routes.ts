import { OpenAPIHono } from '@hono/zod-openapi';
import { EndSession, EndSessionByToken, SessionId } from '@watchledger/contract';
import type { Context } from 'hono';
import { watcher } from '../access/access.ts';
import { authenticate } from '../access/bearer.ts';
import { adminOfSessions, officer } from '../access/officer.ts';
import type { ViewingUseCases } from '../deps.ts';
import { mediaType, readJson } from '../http/body.ts';
import { type Http, mount, readParts, serve } from '../http/serve.ts';
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

  mount(app, http, operations.endSession, async (c) => answers.json(c, await end(c)));

  serve(app, http, operations.activeSessions, officer('admin'), async (c, { query }, { organisationId }) => {
    const { state: _, ...search } = query;
    return answers.json(c, await viewing.activeSessions({ ...search, officeId: organisationId }));
  });

  serve(app, http, operations.currentSession, watcher, async (c, _message, caller) =>
    answers.json(c, await viewing.currentSession(caller)),
  );

  return app;

  async function end(c: Context) {
    const sessionId = c.req.param('id');
    if (mediaType(c).essence === 'text/plain') {
      const { id, message } = readParts(
        SessionId,
        sessionId,
        EndSessionByToken,
        await readJson(c, ['text/plain']),
      );
      return viewing.endSessionByToken({ sessionId: id, ...message });
    }
    const principal = await authenticate(c, http.verifyToken);
    const admin = adminOfSessions(principal);
    const caller = admin ?? watcher(principal);
    const body = await readJson(c);
    const { id, message } = readParts(SessionId, sessionId, EndSession, body === undefined ? {} : body);
    const { reason, ...report } = message;
    if ('actor' in caller) return viewing.endSessionAsAdmin({ sessionId: id, ...report, reason, ...caller });
    return viewing.endSession({ sessionId: id, ...report, ...caller });
  }
}
