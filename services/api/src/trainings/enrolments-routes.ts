import { OpenAPIHono } from '@hono/zod-openapi';
import { RegisterAttendance, readMessage } from '@watchledger/contract';
import type { Context } from 'hono';
import { itself } from '../access/access.ts';
import { enrolmentsOf, officer, ownLearner } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { mediaType, readJson, readText } from '../http/body.ts';
import { type Http, invalid, serve } from '../http/serve.ts';
import { importLimitBytes } from '../imports/import-rows.ts';
import { answerPreview } from '../previews/answer-preview.ts';
import { readAttendance } from './attendance-file.ts';
import * as operations from './enrolments-operations.ts';

type Decision = Parameters<OfficeUseCases['decideEnrolments']>[0];

export function enrolmentsRoutes(office: OfficeUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;
  const reviewer = officer('review');

  async function decide(c: Context, { preview }: { readonly preview: boolean }, decision: Decision) {
    if (preview) return answerPreview(c, answers, office.previewEnrolments(decision));
    return answers.json(c, await office.decideEnrolments(decision));
  }

  serve(app, http, operations.enrol, ownLearner, async (c, { params }, by) => {
    const { enrolment, created } = await office.enrol({ ...by, ...params });
    return answers.json(c, enrolment, created ? 201 : 200);
  });

  serve(app, http, operations.cancelEnrolment, ownLearner, async (c, { params }, by) => {
    await office.cancelEnrolment({ ...by, ...params });
    return answers.empty(c);
  });

  serve(app, http, operations.listEnrolments, reviewer, async (c, { params, query }, by) =>
    answers.json(c, await office.listEnrolments({ ...by, ...params, ...query })),
  );

  serve(app, http, operations.enrolmentsOfLearner, itself, async (c, { query }, principal) => {
    const { learnerId: named, ...pages } = query;
    const learnerId = enrolmentsOf(principal, named);
    return answers.json(c, await office.enrolmentsOfLearner({ learnerId, ...pages }));
  });

  serve(app, http, operations.reviewEnrolments, reviewer, async (c, { params, query, body }, by) => {
    return decide(c, query, { ...by, ...params, ...body, registering: false });
  });

  serve(app, http, operations.registerAttendance, reviewer, async (c, { params, query }, by) => {
    const terms = { ...by, ...params, decision: 'confirm', registering: true } as const;
    if (mediaType(c).essence === 'text/csv') {
      const text = await readText(c, { accepted: ['text/csv'], limitBytes: importLimitBytes });
      const rows = readAttendance(text);
      const [items, lines] = [rows.map(({ row }) => row), rows.map(({ line }) => line)];
      return decide(c, query, { ...terms, items, lines });
    }
    const accepted = ['application/json', 'text/csv'];
    const reading = readMessage(RegisterAttendance, await readJson(c, accepted, importLimitBytes));
    if (!reading.ok) throw invalid(reading.faults);
    return decide(c, query, { ...terms, ...reading.value });
  });

  return app;
}
