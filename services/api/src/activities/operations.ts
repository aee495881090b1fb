import {
  ActivitiesPage,
  ActivitiesQuery,
  Activity,
  ActivityDetails,
  DeclareActivity,
  DeclareQuery,
  Imported,
  ImportQuery,
  PatchActivity,
  PreviewQuery,
  RecordId,
  ReviewActivity,
} from '@watchledger/contract';
import { z } from 'zod';
import { IdempotencyKeyHeader } from '../http/idempotency-key.ts';
import { IfMatchHeader, jsonAnswer, type Operation, previewAnswer } from '../http/operation.ts';

const tag = 'Activities';
const own = 'watch, for one’s own';
const ActivityPath = z.object({ id: RecordId });
/** A note and ten links. */
const bodyLimitBytes = 64 * 1024;

export const declareActivity = {
  method: 'post',
  path: '/v1/activities',
  tag,
  scope: own,
  summary: 'Declare external training, self-study or external network learning',
  description:
    'Submitted to the reviewers at once, or with `draft=true` kept. It counts once a reviewer has approved it, on its last day (R10).',
  query: DeclareQuery,
  headers: IdempotencyKeyHeader,
  body: DeclareActivity,
  bodyLimitBytes,
  answers: { 201: jsonAnswer('Declared; `ETag` names the version.', Activity) },
  problems: ['year-closed', 'idempotency-conflict'],
} as const satisfies Operation;

export const listActivities = {
  method: 'get',
  path: '/v1/activities',
  tag,
  scope: 'watch, for one’s own; review, for those of one’s institute',
  summary: 'Activities',
  query: ActivitiesQuery,
  answers: { 200: jsonAnswer('In the order in which they were declared.', ActivitiesPage) },
} as const satisfies Operation;

export const getActivity = {
  method: 'get',
  path: '/v1/activities/{id}',
  tag,
  scope: 'watch, for one’s own; review, for those of one’s institute',
  summary: 'One activity',
  description:
    'A reviewer is shown in `similar` what may be the same event: the same title, or overlapping days. It may change without the activity, and so their `ETag` is weak; the `If-Match` of a review takes it all the same.',
  params: ActivityPath,
  answers: { 200: jsonAnswer('The activity; `ETag` names its version.', ActivityDetails) },
  problems: ['activity-not-found'],
} as const satisfies Operation;

export const patchActivity = {
  method: 'patch',
  path: '/v1/activities/{id}',
  tag,
  scope: own,
  summary: 'Correct what one has declared, until it was reviewed',
  params: ActivityPath,
  headers: IfMatchHeader,
  body: PatchActivity,
  bodyLimitBytes,
  otherBodies: { 'application/merge-patch+json': PatchActivity },
  answers: { 200: jsonAnswer('Corrected.', Activity) },
  problems: ['activity-not-found', 'already-reviewed', 'precondition-failed', 'year-closed'],
} as const satisfies Operation;

export const submitActivity = {
  method: 'post',
  path: '/v1/activities/{id}/submit',
  tag,
  scope: own,
  summary: 'Hand a draft to the reviewers',
  params: ActivityPath,
  headers: IfMatchHeader,
  answers: { 200: jsonAnswer('Submitted.', Activity) },
  problems: ['activity-not-found', 'already-reviewed', 'precondition-failed', 'year-closed'],
} as const satisfies Operation;

export const withdrawActivity = {
  method: 'delete',
  path: '/v1/activities/{id}',
  tag,
  scope: own,
  summary: 'Take an activity back, until it was reviewed',
  params: ActivityPath,
  headers: IfMatchHeader,
  answers: { 204: { description: 'Withdrawn.' } },
  problems: ['activity-not-found', 'already-reviewed', 'precondition-failed', 'year-closed'],
} as const satisfies Operation;

export const reviewActivity = {
  method: 'post',
  path: '/v1/activities/{id}/review',
  tag,
  scope: 'review',
  summary: 'Approve, approve fewer hours, or reject',
  description:
    'Deciding again is a correction, in the audit trail. What somebody else has decided is corrected with `If-Match` alone. Nobody reviews their own.',
  params: ActivityPath,
  query: PreviewQuery,
  headers: IfMatchHeader,
  body: ReviewActivity,
  answers: { 200: previewAnswer('Decided', Activity) },
  problems: [
    'activity-not-found',
    'already-decided',
    'not-reviewable',
    'precondition-failed',
    'precondition-required',
    'year-closed',
  ],
} as const satisfies Operation;

export const importHistory = {
  method: 'post',
  path: '/v1/activities/import',
  tag,
  scope: 'review',
  summary: 'Bring approved hours that were recorded elsewhere, from a CSV file',
  description:
    'Columns `reference,learnerId,category,title,from,to,hours` and optionally `kind`, at most 5000 rows and 5 MiB; `hours` as `1.5` or `1h30m`. All or nothing. The same `reference` of the same learner again is a correction, so a file can be sent twice.',
  query: ImportQuery,
  otherBodies: { 'text/csv': z.string() },
  answers: { 200: jsonAnswer('What was done, or with `dryRun` would be done.', Imported) },
} as const satisfies Operation;
