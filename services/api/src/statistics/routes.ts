import { OpenAPIHono } from '@hono/zod-openapi';
import { ownRoster, readerOfAll } from '../access/access.ts';
import type { OfficeUseCases } from '../deps.ts';
import { type Http, serve } from '../http/serve.ts';
import * as operations from './operations.ts';

export function statisticsRoutes(office: Pick<OfficeUseCases, 'statistics'>, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  serve(app, http, operations.statistics, readerOfAll, async (c, { query }, own) => {
    const { year, organisationId } = query;
    return http.answers.json(
      c,
      await office.statistics({ year, organisationId: ownRoster(own, organisationId) }),
    );
  });
  return app;
}
