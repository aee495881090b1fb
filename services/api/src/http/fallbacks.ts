import { Problem } from '@watchledger/contract';
import type { Context, Env, Hono } from 'hono';
import { routePath } from 'hono/route';
import type { ApiLog } from '../deps.ts';
import type { Answers } from './answers.ts';
import { preflightHeaders } from './cors.ts';
import { requestHeader } from './request-header.ts';

/** Turns everything that no route answers into its answer: problems, faults, unknown paths, other methods. */
export function installFallbacks(app: Hono<Env>, answers: Answers, log: ApiLog): void {
  app.onError((error, c) => {
    if (error instanceof Problem) {
      if (error.code === 'unavailable' && error.cause !== undefined)
        log.warn({ err: error.cause }, error.detail);
      if (error.code === 'file-damaged')
        log.error({ err: error.cause, method: c.req.method, path: routePath(c) }, error.detail);
      return answers.problem(c, error);
    }
    log.error({ err: error, method: c.req.method, path: routePath(c) }, 'unexpected fault');
    return answers.problem(c, new Problem('internal-error', 'The service failed; the fault is in its log.'));
  });

  app.notFound((c) => {
    const allowed = methodsOf(app, c);
    if (allowed.length === 0) throw new Problem('not-found', 'The service has no such path.');
    if (c.req.method !== 'OPTIONS') {
      throw new Problem('method-not-allowed', `This path takes ${allowed.join(', ')}.`, { allowed });
    }
    const isPreflight = requestHeader(c, 'access-control-request-method') !== undefined;
    return answers.empty(c, { allow: allowed.join(', '), ...(isPreflight && preflightHeaders(allowed)) });
  });
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function methodsOf(app: Hono<Env>, c: Context): string[] {
  return methods.filter((method) => app.router.match(method, c.req.path)[0].length > 0);
}
