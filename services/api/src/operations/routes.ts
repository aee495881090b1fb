import { OpenAPIHono } from '@hono/zod-openapi';
import { isProblemCode, Problem } from '@watchledger/contract';
import type { OperationsUseCases } from '../deps.ts';
import { type Http, mount } from '../http/serve.ts';
import { type ApiDocument, docsPage } from './docs-page.ts';
import * as operations from './operations.ts';
import { pageHeaders } from './page.ts';
import { problemPage, problemsPage } from './problem-pages.ts';

/** @param document makes the OpenAPI document, once all routes are there */
export function operationsRoutes(
  useCases: OperationsUseCases,
  http: Http,
  document: () => ApiDocument,
): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers, meters } = http;
  const written = once(() => JSON.stringify(document()));
  const docs = once(() => docsPage(document()));

  mount(app, http, operations.health, async (c) => answers.json(c, { status: 'ok' }));

  mount(app, http, operations.readiness, async (c) => {
    const readiness = await useCases.ready();
    return answers.json(
      c,
      readiness,
      readiness.ready ? 200 : 503,
      readiness.ready ? {} : { 'retry-after': '2' },
    );
  });

  mount(app, http, operations.metrics, async (c) =>
    answers.of(c, meters.registry.contentType, await meters.registry.metrics()),
  );

  mount(app, http, operations.openApi, async (c) => answers.of(c, 'application/json', written()));

  const page = (c: Parameters<typeof answers.of>[0], html: string) =>
    answers.of(c, 'text/html; charset=utf-8', html, pageHeaders);

  mount(app, http, operations.docs, async (c) => page(c, docs()));

  app.get('/problems', (c) => page(c, problemsPage()));

  mount(app, http, operations.problemPage, async (c) => {
    const code = c.req.param('code') ?? '';
    if (!isProblemCode(code)) throw new Problem('not-found', 'There is no problem of this name.');
    return page(c, problemPage(code));
  });

  return app;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
