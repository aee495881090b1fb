import { OpenAPIHono } from '@hono/zod-openapi';
import { activitiesRoutes } from './activities/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { coursewareRoutes } from './courseware/routes.ts';
import { creditsRoutes } from './credits/routes.ts';
import type { ApiDeps } from './deps.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { examsRoutes } from './exams/routes.ts';
import { createAnswers } from './http/answers.ts';
import { installFallbacks } from './http/fallbacks.ts';
import type { Http } from './http/serve.ts';
import { noticesRoutes } from './notices/routes.ts';
import { operationsRoutes } from './operations/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { recordRoutes } from './record/routes.ts';
import { statisticsRoutes } from './statistics/routes.ts';
import { enrolmentsRoutes } from './trainings/enrolments-routes.ts';
import { trainingsRoutes } from './trainings/routes.ts';
import { viewingRoutes } from './viewing/routes.ts';
import { yearsRoutes } from './years/routes.ts';

/**
 * The HTTP API over the use-cases: it translates, and decides nothing else.
 * It has no `use('*')`: a middleware that matches heartbeats costs more than the heartbeat.
 * @example serve({ fetch: createApi(deps).fetch, port: 8787 })
 */
export function createApi({ useCases, verifyToken, meters, corsOrigins, log }: ApiDeps): OpenAPIHono {
  const app = new OpenAPIHono();
  const http: Http = { answers: createAnswers(corsOrigins), verifyToken, meters };

  app.route('/', viewingRoutes(useCases.viewing, http));
  app.route('/', creditsRoutes(useCases.credits, useCases.office, http));
  app.route('/', coursewareRoutes(useCases.courseware, useCases.office, http));
  app.route('/', peopleRoutes(useCases.office, http));
  app.route('/', activitiesRoutes(useCases.office, http));
  app.route('/', evidenceRoutes(useCases.office, http));
  app.route('/', trainingsRoutes(useCases.office, http));
  app.route('/', enrolmentsRoutes(useCases.office, http));
  app.route('/', examsRoutes(useCases.office, http));
  app.route('/', noticesRoutes(useCases.office, http));
  app.route('/', recordRoutes(useCases.office, http));
  app.route('/', statisticsRoutes(useCases.office, http));
  app.route('/', yearsRoutes(useCases.office, http));
  app.route('/', auditRoutes(useCases.office, http));
  app.route(
    '/',
    operationsRoutes(useCases.operations, http, () => describe(app)),
  );

  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A JWT with `sub`, `exp` and `scope`. A watch token may carry `courseware: ["id", …]`.',
  });
  installFallbacks(app, http.answers, log);
  return app;
}

const describe = (app: OpenAPIHono) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'WatchLedger API',
      version: '1',
      description:
        'Study hours from online courseware, counted by the service’s clock. Times are RFC 3339 in UTC, days are those of the policy’s time zone, and durations are whole and floored. What is no sound HTTP is refused before any call is known: `malformed-request` (400), `request-timeout` (408), `headers-too-large` (431).',
    },
  });
