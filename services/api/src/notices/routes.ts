import { OpenAPIHono } from '@hono/zod-openapi';
import { ownLearner } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { type Http, serve } from '../http/serve.ts';
import * as operations from './operations.ts';

export function noticesRoutes(office: OfficeUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  serve(app, http, operations.unreadNotices, ownLearner, async (c, { query }, by) =>
    answers.json(c, await office.unreadNotices({ ...by, ...query })),
  );

  serve(app, http, operations.readNotices, ownLearner, async (c, { body }, by) =>
    answers.json(c, await office.readNotices({ ...by, ...body })),
  );

  return app;
}
