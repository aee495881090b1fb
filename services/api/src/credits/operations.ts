import {
  Credits,
  CreditsPage,
  CreditsQuery,
  CreditsRow,
  LearnerCreditsQuery,
  LearnerId,
  LearnerSessionsPage,
  LearnerSessionsQuery,
  SessionId,
  SessionTimeline,
} from '@watchledger/contract';
import { z } from 'zod';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Credits';
const LearnerPath = z.object({ id: LearnerId });

export const learnerCredits = {
  method: 'get',
  path: '/v1/learners/{id}/credits',
  tag,
  scope: 'credits:read, or watch for one’s own',
  summary: 'Credits of one learner in a year',
  description: 'An unknown learner has zeros; a token of an institute is told of its own roster alone.',
  params: LearnerPath,
  query: LearnerCreditsQuery,
  answers: { 200: jsonAnswer('The fold of the learner’s facts (R7).', Credits) },
  problems: ['learner-not-found'],
} as const satisfies Operation;

export const manyCredits = {
  method: 'get',
  path: '/v1/credits',
  tag,
  scope: 'credits:read',
  summary: 'Credits of many learners in a year',
  description:
    'JSON in pages. With `Accept: text/csv` or `application/x-ndjson` all of them as a stream, where `limit` and `cursor` mean nothing: NDJSON ends with `{"end":true,"count":n}`, and a CSV that is not whole breaks the connection.',
  query: CreditsQuery,
  answers: {
    200: {
      description: 'In the order of learner ids, byte by byte.',
      content: {
        'application/json': CreditsPage,
        'text/csv': z.string(),
        'application/x-ndjson': CreditsRow,
      },
    },
  },
} as const satisfies Operation;

export const learnerSessions = {
  method: 'get',
  path: '/v1/learners/{id}/sessions',
  tag,
  scope: 'credits:read, or watch for one’s own',
  summary: 'The sessions behind a learner’s figures',
  params: LearnerPath,
  query: LearnerSessionsQuery,
  answers: { 200: jsonAnswer('Newest first.', LearnerSessionsPage) },
  problems: ['learner-not-found'],
} as const satisfies Operation;

export const sessionTimeline = {
  method: 'get',
  path: '/v1/sessions/{id}/timeline',
  tag,
  scope: 'credits:read, or watch for one’s own',
  summary: 'What counted of a session, and why the rest did not',
  description:
    'From its opening to its last report, or its sealing, without holes (R13). What is accepted in the stretches is the session’s `watchedMs`; what is accepted in those that counted is its `creditedMs`, as of now: a limit that is changed changes it.',
  params: z.object({ id: SessionId }),
  answers: { 200: jsonAnswer('The stretches, in the order of time.', SessionTimeline) },
  problems: ['session-not-found'],
} as const satisfies Operation;
