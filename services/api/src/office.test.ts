import { describe, expect, it } from 'vitest';
import * as activities from './activities/operations.ts';
import { apiOver, bearer, problemOf } from './api.fixture.ts';
import * as audit from './audit/operations.ts';
import * as evidence from './evidence/operations.ts';
import * as exams from './exams/operations.ts';
import type { Operation } from './http/operation.ts';
import * as notices from './notices/operations.ts';
import * as people from './people/operations.ts';
import * as record from './record/operations.ts';
import * as statistics from './statistics/operations.ts';
import * as enrolments from './trainings/enrolments-operations.ts';
import * as trainings from './trainings/operations.ts';
import * as years from './years/operations.ts';

const parts = {
  people,
  activities,
  evidence,
  trainings,
  enrolments,
  exams,
  notices,
  record,
  statistics,
  years,
  audit,
};
const operations = Object.values(parts)
  .flatMap((part) => Object.values<object>(part))
  .filter((each): each is Operation => 'method' in each)
  .map((operation) => [operation.method.toUpperCase(), operation.path] as const);

const pathOf = (path: string) =>
  path
    .replace('{year}', '2025')
    .replace(/\/(activities|evidence)\/\{id\}/, '/$1/01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11')
    .replace('{id}', 'u-17')
    .replace(/\/records?$/, '$&?from=2026-01&to=2026-12');

describe('what offices call', () => {
  const { send } = apiOver();
  const call = async (method: string, path: string, claims?: Record<string, unknown>) =>
    send(method, pathOf(path), { headers: claims === undefined ? {} : await bearer(claims) });

  it.each(operations)('%s %s needs a token', async (method, path) => {
    expect((await problemOf(await call(method, path))).code).toBe('unauthenticated');
  });

  it.each(operations)('T21: %s %s serves no token that is bound to courseware', async (method, path) => {
    const bound = { scope: 'admin review credits:read watch', courseware: ['cw-1'] };
    expect((await problemOf(await call(method, path, bound))).code).toBe('forbidden');
  });

  const open = new Set(['/v1/trainings', '/v1/trainings/{id}', '/v1/training-terms', '/v1/years']);
  it.each(operations.filter(([method, path]) => method !== 'GET' || !open.has(path)))(
    'T17: %s %s serves nobody without its scope',
    async (method, path) => {
      expect((await problemOf(await call(method, path, { scope: 'courseware:write' }))).code).toBe(
        'forbidden',
      );
    },
  );

  it.each([
    [
      '/v1/activities',
      { category: 'online', title: 'A', from: '2026-02-30', to: '2026-03-01', seconds: 60 },
      '/from',
    ],
    [
      '/v1/activities',
      { category: 'online', title: 'A', from: '2026-02-02', to: '2026-02-01', seconds: 60 },
      '/to',
    ],
    [
      '/v1/activities',
      { category: 'online', title: 'A', from: '2025-12-31', to: '2026-01-01', seconds: 60 },
      '/to',
    ],
    [
      '/v1/activities',
      { category: 'online', kind: 'training', title: 'A', from: '2026-02-01', to: '2026-02-01', seconds: 60 },
      '/kind',
    ],
    [
      '/v1/activities',
      { category: 'offline', title: 'A', from: '2026-02-01', to: '2026-02-01', seconds: 86_401 },
      '/seconds',
    ],
    [
      '/v1/activities',
      { category: 'offline', title: '\u0000', from: '2026-02-01', to: '2026-02-01', seconds: 1 },
      '/title',
    ],
    [
      '/v1/activities',
      {
        category: 'offline',
        title: 'A',
        from: '2026-02-01',
        to: '2026-02-01',
        seconds: 1,
        evidence: [{ url: 'javascript:alert(1)' }],
      },
      '/evidence/0',
    ],
    [
      '/v1/activities',
      {
        category: 'offline',
        title: 'A',
        from: '2026-02-01',
        to: '2026-02-01',
        seconds: 1,
        evidence: [{ url: 'https://a/\u0000' }],
      },
      '/evidence/0',
    ],
    [
      '/v1/activities',
      { category: 'offline', title: 'A', from: '9999-12-31', to: '9999-12-31', seconds: 1 },
      '/from',
    ],
    [
      '/v1/exams',
      { examId: 'e', learnerId: 'u', title: 'E', takenOn: '2026-01-01', passed: 'yes' },
      '/passed',
    ],
    [
      '/v1/exams',
      { examId: 'e', learnerId: 'u', title: 'E', takenOn: '2026-01-01', passed: true, score: 1.234 },
      '/score',
    ],
  ])('%s names the member at fault', async (path, body, member) => {
    const answer = await send('POST', path, { body, headers: await bearer({ scope: 'watch review' }) });
    const problem = await problemOf(answer);
    expect([problem.status, problem.errors[0]?.path.startsWith(member)]).toEqual([400, true]);
  });
});
