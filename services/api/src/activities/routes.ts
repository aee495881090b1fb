import { OpenAPIHono } from '@hono/zod-openapi';
import { activityReader, officer, ownLearner } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { readText } from '../http/body.ts';
import { etagHeader, ifMatch } from '../http/entity-tags.ts';
import { idempotencyKey } from '../http/idempotency-key.ts';
import { type Http, serve } from '../http/serve.ts';
import { importLimitBytes } from '../imports/import-rows.ts';
import { answerPreview } from '../previews/answer-preview.ts';
import { readHistory } from './import-file.ts';
import * as operations from './operations.ts';

export function activitiesRoutes(office: OfficeUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;
  const reviewer = officer('review');

  serve(app, http, operations.declareActivity, ownLearner, async (c, { query, body }, { learnerId }) => {
    const { activity, etag } = await office.declareActivity({
      learnerId,
      declared: body,
      draft: query.draft === 'true',
      idempotencyKey: idempotencyKey(c),
    });
    const location = `/v1/activities/${activity.activityId}`;
    return answers.json(c, activity, 201, { ...etagHeader(etag), location });
  });

  serve(app, http, operations.listActivities, activityReader, async (c, { query }, reader) =>
    answers.json(c, await office.listActivities({ ...query, reader })),
  );

  serve(app, http, operations.importHistory, reviewer, async (c, { query: { dryRun } }, by) => {
    const text = await readText(c, { accepted: ['text/csv'], limitBytes: importLimitBytes });
    return answers.json(c, await office.importHistory({ ...by, rows: readHistory(text), dryRun }));
  });

  serve(app, http, operations.getActivity, activityReader, async (c, { params }, reader) => {
    const { activity, etag } = await office.getActivity({ ...params, reader });
    // What else is similar changes without this activity.
    const validation = activity.similar === undefined ? 'strong' : 'weak';
    return answers.json(c, activity, 200, etagHeader(etag, validation));
  });

  serve(app, http, operations.patchActivity, ownLearner, async (c, { params, body: patch }, by) => {
    const { activity, etag } = await office.patchActivity({ ...by, ...params, patch, ifMatch: ifMatch(c) });
    return answers.json(c, activity, 200, etagHeader(etag));
  });

  serve(app, http, operations.submitActivity, ownLearner, async (c, { params }, by) => {
    const { activity, etag } = await office.submitActivity({ ...by, ...params, ifMatch: ifMatch(c) });
    return answers.json(c, activity, 200, etagHeader(etag));
  });

  serve(app, http, operations.withdrawActivity, ownLearner, async (c, { params }, by) => {
    await office.withdrawActivity({ ...by, ...params, ifMatch: ifMatch(c) });
    return answers.empty(c);
  });

  serve(app, http, operations.reviewActivity, reviewer, async (c, { params, query, body: review }, by) => {
    const decision = { ...by, ...params, review, ifMatch: ifMatch(c, 'weak') };
    if (query.preview) return answerPreview(c, answers, office.previewReview(decision));
    const { activity, etag } = await office.reviewActivity(decision);
    return answers.json(c, activity, 200, etagHeader(etag));
  });

  return app;
}
