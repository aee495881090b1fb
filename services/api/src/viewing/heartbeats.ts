import type { OpenAPIHono } from '@hono/zod-openapi';
import { Heartbeat, Problem, type Session, SessionId } from '@watchledger/contract';
import type { Context } from 'hono';
import { watcher } from '../access/access.ts';
import { authenticate } from '../access/bearer.ts';
import type { ViewingUseCases } from '../deps.ts';
import { readJson } from '../http/body.ts';
import { routeConfig, routingPath } from '../http/operation.ts';
import { type Http, readParts } from '../http/serve.ts';
import { heartbeat } from './operations.ts';

/**
 * Nearly every request is a heartbeat: no middleware, no timer and no await that a heartbeat with a known
 * token could do without.
 */
export function mountHeartbeats(app: OpenAPIHono, viewing: ViewingUseCases, http: Http): void {
  const accepted = http.meters.heartbeats.labels('accepted');
  // Shown from the start: a rate is only seen of what was there before it rose.
  for (const outcome of ['accepted', 'unavailable', ...heartbeat.problems]) {
    http.meters.heartbeats.inc({ outcome }, 0);
  }

  app.openAPIRegistry.registerPath(routeConfig(heartbeat));
  app.post(routingPath(heartbeat), async (c) => {
    try {
      const session = await report(c);
      accepted.inc();
      return http.answers.json(c, session);
    } catch (error) {
      http.meters.heartbeats.inc({ outcome: error instanceof Problem ? error.code : 'internal-error' });
      throw error;
    }
  });

  async function report(c: Context): Promise<Session> {
    const principal = authenticate(c, http.verifyToken);
    const { learnerId, allowedCourseware } = watcher(
      principal instanceof Promise ? await principal : principal,
    );
    const { id, message } = readParts(SessionId, c.req.param('id'), Heartbeat, await readJson(c));
    const { watchedMs, state, position, played, rate } = message;
    return viewing.heartbeat({
      sessionId: id,
      learnerId,
      watchedMs,
      state,
      position,
      played,
      rate,
      allowedCourseware,
    });
  }
}
