import { OpenAPIHono } from '@hono/zod-openapi';
import { ownRoster, readerOfAll, readingFor, requireReadingOf, unbound } from '../access/access.ts';
import type { OfficeUseCases } from '../deps.ts';
import { ndjson } from '../http/ndjson.ts';
import { representation } from '../http/representation.ts';
import { type Http, serve } from '../http/serve.ts';
import { streamText } from '../http/stream-text.ts';
import { recordsCsv } from './csv.ts';
import * as operations from './operations.ts';

type Records = Pick<OfficeUseCases, 'learnerRecord' | 'streamRecords' | 'namesOf'>;

export function recordRoutes(office: Records, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  serve(app, http, operations.learnerRecord, unbound, async (c, { params, query }, principal) => {
    requireReadingOf(principal, params.id);
    const organisationId = readingFor(principal, params.id);
    return answers.json(c, await office.learnerRecord({ learnerId: params.id, ...query, organisationId }));
  });

  serve(app, http, operations.streamRecords, readerOfAll, async (c, { query }, own) => {
    const organisationId = ownRoster(own, query.organisationId) ?? null;
    const rows = office.streamRecords({ ...query, organisationId });
    if (representation(c, ['application/x-ndjson', 'text/csv']) === 'text/csv') {
      const csv = await streamText(recordsCsv(office.namesOf({ rows })));
      return answers.of(c, 'text/csv; charset=utf-8; header=present', csv, {
        'content-disposition': 'attachment; filename="records.csv"',
      });
    }
    return answers.of(c, 'application/x-ndjson', await streamText(ndjson(rows)));
  });

  return app;
}
