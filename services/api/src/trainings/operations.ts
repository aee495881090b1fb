import {
  Imported,
  ImportQuery,
  PreviewQuery,
  PutTraining,
  RateTraining,
  Training,
  TrainingId,
  TrainingsPage,
  TrainingsQuery,
  TrainingTerms,
} from '@watchledger/contract';
import { z } from 'zod';
import { IfMatchHeader, jsonAnswer, type Operation, PutHeaders, previewAnswer } from '../http/operation.ts';

const tag = 'Trainings';
const scope = 'review';
const anyToken = 'any token that is not bound to courseware';
export const TrainingPath = z.object({ id: TrainingId });

export const putTraining = {
  method: 'put',
  path: '/v1/trainings/{id}',
  tag,
  scope,
  summary: 'Register a training, or change it',
  description:
    'It belongs to the institute of who registers it (`org` of the token), whose reviewers confirm attendees. New hours hold for everybody who is confirmed with the hours of the training (R8).',
  params: TrainingPath,
  query: PreviewQuery,
  headers: PutHeaders,
  body: PutTraining,
  bodyLimitBytes: 256 * 1024,
  answers: { 200: previewAnswer('Changed', Training), 201: jsonAnswer('Registered.', Training) },
  problems: ['precondition-failed', 'training-not-over', 'year-closed'],
} as const satisfies Operation;

export const getTraining = {
  method: 'get',
  path: '/v1/trainings/{id}',
  tag,
  scope: anyToken,
  summary: 'One training',
  params: TrainingPath,
  answers: {
    200: jsonAnswer(
      'The training. `ETag` names what its organisers have written, and is weak: counts of participants and one’s own state may change without it. `If-Match` takes it all the same, so that nobody’s enrolment is in the way of an edit.',
      Training,
    ),
  },
  problems: ['training-not-found'],
} as const satisfies Operation;

export const deleteTraining = {
  method: 'delete',
  path: '/v1/trainings/{id}',
  tag,
  scope,
  summary: 'Withdraw a training',
  description: 'Hides it; attendance that was confirmed keeps counting.',
  params: TrainingPath,
  headers: IfMatchHeader,
  answers: { 204: { description: 'Withdrawn.' } },
  problems: ['training-not-found', 'precondition-failed'],
} as const satisfies Operation;

export const listTrainings = {
  method: 'get',
  path: '/v1/trainings',
  tag,
  scope: anyToken,
  summary: 'Find trainings',
  query: TrainingsQuery,
  answers: { 200: jsonAnswer('The newest event first.', TrainingsPage) },
} as const satisfies Operation;

export const trainingTerms = {
  method: 'get',
  path: '/v1/training-terms',
  tag,
  scope: anyToken,
  summary: 'The types and categories that there are trainings of',
  answers: { 200: jsonAnswer('In the order of names, each with how many there are.', TrainingTerms) },
} as const satisfies Operation;

export const importTrainings = {
  method: 'post',
  path: '/v1/trainings/import',
  tag,
  scope,
  summary: 'Register many trainings from a CSV file',
  description:
    'Columns `trainingId,title,kind,form,category,organiser,place,startsAt,endsAt,onlineHours,offlineHours`, and optionally the others of a training, at most 1000 rows and 5 MiB. All or nothing: `errors` names every bad line. An optional column that is absent or empty clears its field.',
  query: ImportQuery,
  otherBodies: { 'text/csv': z.string() },
  answers: { 200: jsonAnswer('What was done, or with `dryRun` would be done.', Imported) },
} as const satisfies Operation;

export const rateTraining = {
  method: 'put',
  path: '/v1/trainings/{id}/rating',
  tag,
  scope: 'watch',
  summary: 'Rate a training that one has taken part in',
  params: TrainingPath,
  body: RateTraining,
  answers: { 204: { description: 'Rated.' } },
  problems: ['enrolment-not-found', 'not-confirmed'],
} as const satisfies Operation;
