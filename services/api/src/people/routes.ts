import { OpenAPIHono } from '@hono/zod-openapi';
import { officer, ownLearner } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { readText } from '../http/body.ts';
import { etagHeader, ifMatch } from '../http/entity-tags.ts';
import { type Http, serve } from '../http/serve.ts';
import { importLimitBytes } from '../imports/import-rows.ts';
import { readRoster } from './import-file.ts';
import * as operations from './operations.ts';

export function peopleRoutes(office: OfficeUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;
  const admin = officer('admin');
  const reviewer = officer('review');

  serve(app, http, operations.listOrganisations, reviewer, async (c, { query }) =>
    answers.json(c, await office.listOrganisations(query)),
  );

  serve(app, http, operations.putOrganisation, admin, async (c, { params, body }, by) => {
    const put = await office.putOrganisation({ ...by, ...params, ...body, ifMatch: ifMatch(c) });
    return answers.json(c, put.organisation, put.created ? 201 : 200, etagHeader(put.etag));
  });

  serve(app, http, operations.getOrganisation, admin, async (c, { params }, { organisationId }) => {
    const found = await office.getOrganisation({ ...params, organisationId });
    return answers.json(c, found.organisation, 200, etagHeader(found.etag));
  });

  serve(app, http, operations.listLearners, reviewer, async (c, { query }, { organisationId: officeId }) => {
    const { learnerId: learnerIds, ...search } = query;
    return answers.json(c, await office.listLearners({ ...search, learnerIds, officeId }));
  });

  serve(app, http, operations.importLearners, admin, async (c, { query: { dryRun } }, by) => {
    const text = await readText(c, { accepted: ['text/csv'], limitBytes: importLimitBytes });
    return answers.json(c, await office.importLearners({ ...by, rows: readRoster(text), dryRun }));
  });

  serve(app, http, operations.putLearner, admin, async (c, { params, body }, by) => {
    const { reason, ...fields } = body;
    const put = await office.putLearner({ ...by, ...params, fields, reason, ifMatch: ifMatch(c) });
    return answers.json(c, put.learner, put.created ? 201 : 200, etagHeader(put.etag));
  });

  serve(app, http, operations.getLearner, admin, async (c, { params }, { organisationId }) => {
    const found = await office.getLearner({ ...params, organisationId });
    return answers.json(c, found.learner, 200, etagHeader(found.etag));
  });

  serve(app, http, operations.me, ownLearner, async (c, _, by) => answers.json(c, await office.me(by)));

  return app;
}
