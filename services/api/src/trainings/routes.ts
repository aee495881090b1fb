import { OpenAPIHono } from '@hono/zod-openapi';
import { officer, ownLearner, viewer } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { readText } from '../http/body.ts';
import { etagHeader, ifMatch, ifMatchOrAbsent } from '../http/entity-tags.ts';
import { type Http, serve } from '../http/serve.ts';
import { importLimitBytes } from '../imports/import-rows.ts';
import { answerPreview } from '../previews/answer-preview.ts';
import { readTrainings } from './import-file.ts';
import * as operations from './operations.ts';

export function trainingsRoutes(office: OfficeUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;
  const reviewer = officer('review');

  serve(app, http, operations.listTrainings, viewer, async (c, { query }, by) =>
    answers.json(c, await office.listTrainings({ ...by, ...query })),
  );

  serve(app, http, operations.trainingTerms, viewer, async (c) =>
    answers.json(c, await office.trainingTerms()),
  );

  serve(app, http, operations.importTrainings, reviewer, async (c, { query: { dryRun } }, by) => {
    const text = await readText(c, { accepted: ['text/csv'], limitBytes: importLimitBytes });
    return answers.json(c, await office.importTrainings({ ...by, rows: readTrainings(text), dryRun }));
  });

  serve(app, http, operations.putTraining, reviewer, async (c, { params, query, body }, by) => {
    const { reason, ...fields } = body;
    const change = { ...by, ...params, fields, reason, ifMatch: ifMatchOrAbsent(c, 'weak') };
    if (query.preview) return answerPreview(c, answers, office.previewTraining(change));
    const put = await office.putTraining(change);
    return answers.json(c, put.training, put.created ? 201 : 200, etagHeader(put.etag, 'weak'));
  });

  serve(app, http, operations.getTraining, viewer, async (c, { params }, by) => {
    const found = await office.getTraining({ viewer: by.viewer, ...params });
    return answers.json(c, found.training, 200, etagHeader(found.etag, 'weak'));
  });

  serve(app, http, operations.deleteTraining, reviewer, async (c, { params }, by) => {
    await office.deleteTraining({ ...by, ...params, ifMatch: ifMatch(c, 'weak') });
    return answers.empty(c);
  });

  serve(app, http, operations.rateTraining, ownLearner, async (c, { params, body }, by) => {
    await office.rateTraining({ ...by, ...params, ...body });
    return answers.empty(c);
  });

  return app;
}
