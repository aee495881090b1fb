import { Health, ProblemDocument, Readiness } from '@watchledger/contract';
import { z } from 'zod';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Operations';

export const health = {
  method: 'get',
  path: '/healthz',
  tag,
  scope: null,
  summary: 'Whether the process lives',
  answers: { 200: jsonAnswer('It does.', Health) },
} as const satisfies Operation;

export const readiness = {
  method: 'get',
  path: '/readyz',
  tag,
  scope: null,
  summary: 'Whether the service can work',
  description:
    'It is `down` (503) unless database and lock store answer, their clocks agree within a second and are not behind what is stored, and the policy of this process is in force. It is `degraded` (200) when it works and something is wrong all the same: the clocks differ by more than 250 ms, exports cannot be read from their replica, traces do not reach their collector. Found out at most once a second.',
  answers: {
    200: jsonAnswer('It can; perhaps degraded.', Readiness),
    503: jsonAnswer('It is down.', Readiness),
  },
} as const satisfies Operation;

export const metrics = {
  method: 'get',
  path: '/metrics',
  tag,
  scope: null,
  summary: 'Figures for Prometheus',
  answers: { 200: { description: 'The text format.', content: { 'text/plain': z.string() } } },
} as const satisfies Operation;

export const openApi = {
  method: 'get',
  path: '/openapi.json',
  tag,
  scope: null,
  summary: 'This document',
  answers: { 200: { description: 'OpenAPI 3.1.' } },
} as const satisfies Operation;

export const docs = {
  method: 'get',
  path: '/docs',
  tag,
  scope: null,
  summary: 'This document as a page',
  answers: { 200: { description: 'A page.', content: { 'text/html': z.string() } } },
} as const satisfies Operation;

export const problemPage = {
  method: 'get',
  path: '/problems/{code}',
  tag,
  scope: null,
  summary: 'What a problem means',
  params: z.object({ code: z.string() }),
  answers: {
    200: { description: 'A page in English and Chinese.', content: { 'text/html': z.string() } },
    404: { description: 'No such problem.', content: { 'application/problem+json': ProblemDocument } },
  },
} as const satisfies Operation;
