import {
  Courseware,
  CoursewareChangesPage,
  CoursewareChangesQuery,
  CoursewareId,
  CoursewarePage,
  CoursewareQuery,
  Imported,
  ImportQuery,
  PatchCourseware,
  Preview,
  PreviewLimits,
  PreviewQuery,
  PutCourseware,
} from '@watchledger/contract';
import { z } from 'zod';
import { IfMatchHeader, jsonAnswer, type Operation, PutHeaders, previewAnswer } from '../http/operation.ts';

const tag = 'Courseware';
const write = 'courseware:write';
const anyToken = 'any token that is not bound to courseware';
const CoursewarePath = z.object({ id: CoursewareId });

export const putCourseware = {
  method: 'put',
  path: '/v1/courseware/{id}',
  tag,
  scope: write,
  summary: 'Create or replace a courseware',
  description:
    'A changed limit changes the credits of every open year at once (R8). The answer carries `ETag`. A preview names learners to a token with `credits:read`, and tells others the sums. Headquarters alone: a token without `org`.',
  params: CoursewarePath,
  query: PreviewQuery,
  headers: PutHeaders,
  body: PutCourseware,
  answers: { 200: previewAnswer('Replaced', Courseware), 201: jsonAnswer('Created.', Courseware) },
  problems: ['precondition-failed'],
} as const satisfies Operation;

export const patchCourseware = {
  method: 'patch',
  path: '/v1/courseware/{id}',
  tag,
  scope: write,
  summary: 'Change some fields of a courseware',
  params: CoursewarePath,
  query: PreviewQuery,
  headers: IfMatchHeader,
  body: PatchCourseware,
  otherBodies: { 'application/merge-patch+json': PatchCourseware },
  answers: { 200: previewAnswer('Changed', Courseware) },
  problems: ['courseware-not-found', 'precondition-failed'],
} as const satisfies Operation;

export const previewLimits = {
  method: 'post',
  path: '/v1/courseware/preview',
  tag,
  scope: write,
  summary: 'What new limits of several courseware would do together',
  description:
    'Changes nothing. Names learners to a token with `credits:read`, and tells others the sums. Headquarters alone.',
  body: PreviewLimits,
  answers: {
    200: {
      description: 'Who would gain and who would lose how much.',
      content: { 'application/json': Preview, 'application/x-ndjson': z.string() },
    },
  },
} as const satisfies Operation;

export const getCourseware = {
  method: 'get',
  path: '/v1/courseware/{id}',
  tag,
  scope: anyToken,
  summary: 'One courseware',
  params: CoursewarePath,
  answers: { 200: jsonAnswer('The courseware; `ETag` names its version.', Courseware) },
  problems: ['courseware-not-found'],
} as const satisfies Operation;

export const deleteCourseware = {
  method: 'delete',
  path: '/v1/courseware/{id}',
  tag,
  scope: write,
  summary: 'Withdraw a courseware',
  description: 'Hides it and keeps its facts: what was watched stays credited.',
  params: CoursewarePath,
  headers: IfMatchHeader,
  answers: { 204: { description: 'Withdrawn.' } },
  problems: ['courseware-not-found', 'precondition-failed'],
} as const satisfies Operation;

export const listCourseware = {
  method: 'get',
  path: '/v1/courseware',
  tag,
  scope: anyToken,
  summary: 'Find courseware',
  query: CoursewareQuery,
  answers: { 200: jsonAnswer('In the order of ids, byte by byte.', CoursewarePage) },
} as const satisfies Operation;

export const coursewareChanges = {
  method: 'get',
  path: '/v1/courseware/{id}/changes',
  tag,
  scope: write,
  summary: 'The audit trail of the limit of a courseware',
  params: CoursewarePath,
  query: CoursewareChangesQuery,
  answers: { 200: jsonAnswer('Oldest first.', CoursewareChangesPage) },
  problems: ['courseware-not-found'],
} as const satisfies Operation;

export const importCourseware = {
  method: 'post',
  path: '/v1/courseware/import',
  tag,
  scope: write,
  summary: 'Create and change courseware from a CSV file',
  description:
    'Columns `id,title,kind,limitHours` with a header, at most 10000 rows and 5 MiB; `limitHours` as `1.5` or `1h30m`, floored to seconds. All or nothing: `errors` names every bad line, the first 1000 faults of them. Fields that the file does not have keep their values.',
  query: ImportQuery,
  otherBodies: { 'text/csv': z.string() },
  answers: { 200: jsonAnswer('What was done, or with `dryRun` would be done.', Imported) },
} as const satisfies Operation;
