import { LearnerId, RecordFigures, RecordQuery, RecordsQuery, StudyRecord } from '@watchledger/contract';
import { z } from 'zod';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Record';

export const learnerRecord = {
  method: 'get',
  path: '/v1/learners/{id}/record',
  tag,
  scope: 'credits:read, or watch for one’s own',
  summary: 'A learner’s account for a range of months',
  description:
    'At its head the year of the last month. The credited time of the range is the fold of whole years restricted to what lies in the range (R12): a cap that an earlier month used up stays used up.',
  params: z.object({ id: LearnerId }),
  query: RecordQuery,
  answers: { 200: jsonAnswer('Figures, counts and lists; only what is approved or confirmed.', StudyRecord) },
  problems: ['learner-not-found'],
} as const satisfies Operation;

export const streamRecords = {
  method: 'get',
  path: '/v1/records',
  tag,
  scope: 'credits:read',
  summary: 'The figures of everybody’s record, as a stream',
  description:
    'NDJSON that ends with `{"end":true,"count":n}`, or with `Accept: text/csv` a CSV with a byte order mark, which Excel opens with its Chinese text.',
  query: RecordsQuery,
  answers: {
    200: {
      description: 'In the order of learner ids, byte by byte.',
      content: { 'application/x-ndjson': RecordFigures, 'text/csv': z.string() },
    },
  },
} as const satisfies Operation;
