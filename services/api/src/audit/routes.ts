import { OpenAPIHono } from '@hono/zod-openapi';
import { officer } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { type Http, serve } from '../http/serve.ts';
import * as operations from './operations.ts';

export function auditRoutes({ auditTrail }: Pick<OfficeUseCases, 'auditTrail'>, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();

  serve(app, http, operations.auditTrail, officer('admin'), async (c, { query }, { organisationId }) =>
    http.answers.json(c, await auditTrail({ organisationId, ...query })),
  );

  return app;
}
