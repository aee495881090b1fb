import { OpenAPIHono } from '@hono/zod-openapi';
import { officer } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { type Http, serve } from '../http/serve.ts';
import * as operations from './operations.ts';

export function examsRoutes({ putExam }: Pick<OfficeUseCases, 'putExam'>, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();

  serve(app, http, operations.putExam, officer('review'), async (c, { body }, by) => {
    const { exam, created } = await putExam({ ...by, exam: body });
    return http.answers.json(c, exam, created ? 201 : 200);
  });

  return app;
}
