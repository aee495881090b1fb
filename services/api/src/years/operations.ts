import {
  AccountingYear,
  CloseYear,
  ReopenYear,
  YearComparison,
  YearPath,
  YearsPage,
} from '@watchledger/contract';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Years';
const scope = 'admin';

export const listYears = {
  method: 'get',
  path: '/v1/years',
  tag,
  scope: 'any token that is not bound to courseware',
  summary: 'The accounting years, and which are closed',
  answers: { 200: jsonAnswer('The newest first.', YearsPage) },
} as const satisfies Operation;

export const closeYear = {
  method: 'post',
  path: '/v1/years/{year}/close',
  tag,
  scope,
  summary: 'Freeze a past year for good',
  description:
    'Headquarters alone. What every learner, category and courseware is credited is kept with the policy and a checksum, and nothing alters it (R8). Decisions dated in it are refused from the beginning on. Takes seconds for each ten thousand learners; meanwhile a second closing is refused, unless the first has stood still for a minute. Of a closed year it changes nothing.',
  params: YearPath,
  body: CloseYear,
  bodyOptional: true,
  answers: { 200: jsonAnswer('Closed.', AccountingYear) },
  problems: ['year-closing', 'year-not-closable'],
} as const satisfies Operation;

export const reopenYear = {
  method: 'post',
  path: '/v1/years/{year}/reopen',
  tag,
  scope,
  summary: 'Thaw the last closed year',
  description: 'Headquarters alone. The reason is kept in the audit trail.',
  params: YearPath,
  body: ReopenYear,
  answers: { 200: jsonAnswer('Open again.', AccountingYear) },
  problems: ['year-not-closed', 'year-not-closable'],
} as const satisfies Operation;

export const compareYear = {
  method: 'get',
  path: '/v1/years/{year}/comparison',
  tag,
  scope,
  summary: 'A closed year against what a fold of today’s facts would say',
  description: 'Headquarters alone. Changes nothing.',
  params: YearPath,
  answers: { 200: jsonAnswer('Who differs, and whether the snapshot is as it was closed.', YearComparison) },
  problems: ['year-not-closed'],
} as const satisfies Operation;
