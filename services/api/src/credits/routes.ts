import { OpenAPIHono } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { requireReadingOf, requireScope, requireUnbound } from '../access/access.ts';
import type { Principal } from '../access/principal.ts';
import type { CreditsUseCases } from '../deps.ts';
import { type Http, serve } from '../http/serve.ts';
import { creditsCsv } from './csv.ts';
import { creditsNdjson } from './ndjson.ts';
import * as operations from './operations.ts';
import { streamText } from './stream-text.ts';

export function creditsRoutes(credits: CreditsUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  serve(app, http, operations.learnerCredits, itself, async (c, { params, query }, principal) => {
    requireReadingOf(principal, params.id);
    const { courseware: allowedCourseware } = principal;
    return answers.json(
      c,
      await credits.learnerCredits({ learnerId: params.id, ...query, allowedCourseware }),
    );
  });

  serve(app, http, operations.manyCredits, readerOfAll, async (c, { query }) => {
    const { learnerId: learnerIds, limit, cursor, ...search } = query;
    const rows = () => credits.streamCredits({ ...search, learnerIds });
    switch (accepts(c, { header: 'Accept', supports: representations, default: 'application/json' })) {
      case 'text/csv':
        return answers.of(
          c,
          'text/csv; charset=utf-8; header=present',
          await streamText(creditsCsv(rows())),
          {
            'content-disposition': 'attachment; filename="credits.csv"',
          },
        );
      case 'application/x-ndjson':
        return answers.of(c, 'application/x-ndjson', await streamText(creditsNdjson(rows())));
      default:
        return answers.json(c, await credits.pageOfCredits({ ...search, learnerIds, limit, cursor }));
    }
  });

  serve(app, http, operations.learnerSessions, unbound, async (c, { params, query }, principal) => {
    requireReadingOf(principal, params.id);
    return answers.json(c, await credits.learnerSessions({ learnerId: params.id, ...query }));
  });

  return app;
}

const representations = ['application/json', 'text/csv', 'application/x-ndjson'];

const itself = (principal: Principal): Principal => principal;

function unbound(principal: Principal): Principal {
  requireUnbound(principal);
  return principal;
}

const readerOfAll = (principal: Principal): void => requireScope(principal, 'credits:read');
