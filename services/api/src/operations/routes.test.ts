import { problemCodes, type Readiness } from '@watchledger/contract';
import { describe, expect, it } from 'vitest';
import { apiOver, problemOf } from '../api.fixture.ts';

describe('operations', () => {
  it('says that the process lives', async () => {
    expect(await (await apiOver().send('GET', '/healthz')).json()).toEqual({ status: 'ok' });
  });

  it('says whether the service can work, and what is wrong', async () => {
    const check = { name: 'database', ok: false, level: 'down', detail: 'takes no writes' } as const;
    const degraded: Readiness = {
      ready: true,
      status: 'degraded',
      checks: [{ ...check, name: 'replica', level: 'degraded' }],
    };
    const down: Readiness = { ready: false, status: 'down', checks: [check] };
    const readyz = (answer: Readiness) =>
      apiOver({ operations: { ready: async () => answer } }).send('GET', '/readyz');
    const works = await readyz(degraded);
    expect([works.status, works.headers.get('retry-after')]).toEqual([200, null]);
    expect(await works.json()).toEqual(degraded);
    const answer = await readyz(down);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toEqual(down);
  });

  it('counts answers by route, never by id', async () => {
    const { send } = apiOver();
    await send('GET', '/v1/learners/u-17/credits');
    const figures = await (await send('GET', '/metrics')).text();
    expect(figures).toContain('{method="get",route="/v1/learners/{id}/credits",status="401"} 1');
    expect(figures).not.toContain('u-17');
  });
});

describe('GET /openapi.json', () => {
  it('is OpenAPI 3.1, and describes each call with its refusals', async () => {
    const document = await (await apiOver().send('GET', '/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/v1/sessions/{id}/heartbeats'].post).toMatchObject({
      security: [{ bearer: [] }],
      requestBody: {
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Heartbeat' } } },
      },
      responses: {
        200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Session' } } } },
        410: {
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    });
    expect(Object.keys(document.paths['/v1/courseware/{id}'])).toEqual(['put', 'patch', 'get', 'delete']);
    expect(document.components.schemas.Heartbeat.properties.watchedMs).toMatchObject({
      type: 'integer',
      minimum: 0,
    });
    expect(document.components.schemas.EndSessionByToken.properties.played).toMatchObject({
      maxItems: 100,
      items: { type: 'array', minItems: 2, maxItems: 2 },
    });
    expect(document.components.securitySchemes.bearer.scheme).toBe('bearer');
  });

  it('promises no answer that is never given', async () => {
    const text = await (await apiOver().send('GET', '/openapi.json')).text();
    const { paths } = JSON.parse(text);
    expect(Object.keys(paths['/v1/sessions/{id}/end'].post.responses)).not.toContain('409');
    expect(text).not.toContain('"429"');
    expect(text).not.toContain('flagged');
  });

  it('names only schemas that it has', async () => {
    const text = await (await apiOver().send('GET', '/openapi.json')).text();
    const known = Object.keys(JSON.parse(text).components.schemas);
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(known).toEqual(expect.arrayContaining(named));
  });
});

describe('pages', () => {
  it('show the API without loading or running anything', async () => {
    const answer = await apiOver().send('GET', '/docs');
    const text = await answer.text();
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(text).toContain('<code>/v1/sessions/{id}/heartbeats</code>');
    expect(text).not.toMatch(/<script|src=|https?:\/\//);
  });

  it.each(problemCodes)('explain the problem %s in English and Chinese', async (code) => {
    const answer = await apiOver().send('GET', `/problems/${code}`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain(`<code>${code}</code>`);
    expect(text).toMatch(/lang="zh-CN">[^<]*[\u4e00-\u9fff]/);
  });

  it('list the problems, and know no others', async () => {
    const { send } = apiOver();
    expect(await (await send('GET', '/problems')).text()).toContain('/problems/parallel-viewing');
    expect((await problemOf(await send('GET', '/problems/constructor'))).status).toBe(404);
  });
});
