import { OpenAPIHono } from '@hono/zod-openapi';
import {
  itself,
  ownRoster,
  readerOfAll,
  readerOfSessions,
  readingFor,
  requireReadingOf,
  unbound,
} from '../access/access.ts';
import type { CreditsUseCases, OfficeUseCases } from '../deps.ts';
import { ndjson } from '../http/ndjson.ts';
import { representation } from '../http/representation.ts';
import { type Http, serve } from '../http/serve.ts';
import { streamText } from '../http/stream-text.ts';
import { creditsCsv } from './csv.ts';
import * as operations from './operations.ts';

export function creditsRoutes(
  credits: CreditsUseCases,
  office: Pick<OfficeUseCases, 'namesOf'>,
  http: Http,
): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  serve(app, http, operations.learnerCredits, itself, async (c, { params, query }, principal) => {
    requireReadingOf(principal, params.id);
    const { courseware: allowedCourseware } = principal;
    const organisationId = readingFor(principal, params.id);
    return answers.json(
      c,
      await credits.learnerCredits({ learnerId: params.id, organisationId, ...query, allowedCourseware }),
    );
  });

  serve(app, http, operations.manyCredits, readerOfAll, async (c, { query }, own) => {
    const { learnerId: learnerIds, limit, cursor, ...asked } = query;
    const search = { ...asked, organisationId: ownRoster(own, asked.organisationId) };
    const rows = () => credits.streamCredits({ ...search, learnerIds });
    switch (representation(c, ['application/json', 'text/csv', 'application/x-ndjson'])) {
      case 'text/csv':
        return answers.of(
          c,
          'text/csv; charset=utf-8; header=present',
          await streamText(creditsCsv(office.namesOf({ rows: rows() }))),
          {
            'content-disposition': 'attachment; filename="credits.csv"',
          },
        );
      case 'application/x-ndjson':
        return answers.of(c, 'application/x-ndjson', await streamText(ndjson(rows())));
      default:
        return answers.json(c, await credits.pageOfCredits({ ...search, learnerIds, limit, cursor }));
    }
  });

  serve(app, http, operations.learnerSessions, unbound, async (c, { params, query }, principal) => {
    requireReadingOf(principal, params.id);
    const organisationId = readingFor(principal, params.id);
    return answers.json(c, await credits.learnerSessions({ learnerId: params.id, organisationId, ...query }));
  });

  serve(app, http, operations.sessionTimeline, itself, async (c, { params }, principal) =>
    answers.json(c, await credits.sessionTimeline({ sessionId: params.id, ...readerOfSessions(principal) })),
  );

  return app;
}
