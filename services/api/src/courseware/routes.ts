import { OpenAPIHono } from '@hono/zod-openapi';
import { type CoursewareFields, Problem } from '@watchledger/contract';
import { requireScope, requireUnbound } from '../access/access.ts';
import type { Principal } from '../access/principal.ts';
import type { CoursewareUseCases, OfficeUseCases } from '../deps.ts';
import { readText } from '../http/body.ts';
import { etagHeader, ifMatch, ifMatchOrAbsent } from '../http/entity-tags.ts';
import { type Http, serve } from '../http/serve.ts';
import { importLimitBytes } from '../imports/import-rows.ts';
import { answerPreview } from '../previews/answer-preview.ts';
import { readImport } from './import-file.ts';
import * as operations from './operations.ts';

export function coursewareRoutes(
  courseware: CoursewareUseCases,
  office: Pick<OfficeUseCases, 'previewPutCourseware' | 'previewPatchCourseware' | 'previewLimits'>,
  http: Http,
): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  serve(app, http, operations.listCourseware, requireUnbound, async (c, { query }) =>
    answers.json(c, await courseware.listCourseware(query)),
  );

  serve(app, http, operations.importCourseware, editor, async (c, { query }, { actor }) => {
    const text = await readText(c, { accepted: ['text/csv'], limitBytes: importLimitBytes });
    const { dryRun } = query;
    return answers.json(c, await courseware.importCourseware({ actor, rows: readImport(text), dryRun }));
  });

  serve(app, http, operations.putCourseware, editor, async (c, { params, query, body }, { actor, named }) => {
    const { reason, ...fields } = body;
    const change = { actor, ...params, fields, reason, ifMatch: ifMatchOrAbsent(c) };
    if (query.preview) return answerPreview(c, answers, office.previewPutCourseware({ ...change, named }));
    const put = await courseware.putCourseware(change);
    return answers.json(c, put.courseware, put.created ? 201 : 200, {
      ...etagHeader(put.etag),
      ...(put.created && { location: `/v1/courseware/${params.id}` }),
    });
  });

  serve(
    app,
    http,
    operations.patchCourseware,
    editor,
    async (c, { params, query, body }, { actor, named }) => {
      const { reason, ...changes } = body;
      // JSON has no undefined: what the schema calls optional is there or is not.
      const fields = changes as Partial<CoursewareFields>;
      const change = { actor, ...params, fields, reason, ifMatch: ifMatch(c) };
      if (query.preview)
        return answerPreview(c, answers, office.previewPatchCourseware({ ...change, named }));
      const patched = await courseware.patchCourseware(change);
      return answers.json(c, patched.courseware, 200, etagHeader(patched.etag));
    },
  );

  serve(app, http, operations.previewLimits, editor, async (c, { body }, { named }) =>
    answerPreview(c, answers, office.previewLimits({ ...body, named })),
  );

  serve(app, http, operations.getCourseware, requireUnbound, async (c, { params }) => {
    const found = await courseware.getCourseware(params);
    return answers.json(c, found.courseware, 200, etagHeader(found.etag));
  });

  serve(app, http, operations.deleteCourseware, editor, async (c, { params }, { actor }) => {
    await courseware.deleteCourseware({ actor, ...params, ifMatch: ifMatch(c) });
    return answers.empty(c);
  });

  serve(app, http, operations.coursewareChanges, editor, async (c, { params, query }) =>
    answers.json(c, await courseware.coursewareChanges({ ...params, ...query })),
  );

  return app;
}

/** Whoever may change courseware: by what name in the audit trail, and whether they may know of whose credits. */
function editor(principal: Principal): { readonly actor: string; readonly named: boolean } {
  requireScope(principal, 'courseware:write');
  if (principal.organisation !== null)
    throw new Problem('forbidden', 'Limits concern learners of all institutes: headquarters keep them.');
  return { actor: principal.subject, named: principal.scopes.has('credits:read') };
}
