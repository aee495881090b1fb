import { OpenAPIHono } from '@hono/zod-openapi';
import { requireUnbound } from '../access/access.ts';
import { officer } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { type Http, serve } from '../http/serve.ts';
import * as operations from './operations.ts';

type Years = Pick<OfficeUseCases, 'listYears' | 'closeYear' | 'reopenYear' | 'compareYear'>;

export function yearsRoutes(office: Years, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;
  const admin = officer('admin');

  serve(app, http, operations.listYears, requireUnbound, async (c) =>
    answers.json(c, await office.listYears({})),
  );

  serve(app, http, operations.closeYear, admin, async (c, { params, body }, by) =>
    answers.json(c, await office.closeYear({ ...by, ...params, ...body })),
  );

  serve(app, http, operations.reopenYear, admin, async (c, { params, body }, by) =>
    answers.json(c, await office.reopenYear({ ...by, ...params, ...body })),
  );

  serve(app, http, operations.compareYear, admin, async (c, { params }, { organisationId }) =>
    answers.json(c, await office.compareYear({ organisationId, ...params })),
  );

  return app;
}
