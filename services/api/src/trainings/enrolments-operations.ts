import {
  Enrolment,
  EnrolmentsPage,
  EnrolmentsQuery,
  EnrolmentsReviewed,
  LearnerEnrolmentsQuery,
  PreviewQuery,
  RegisterAttendance,
  ReviewEnrolments,
} from '@watchledger/contract';
import { z } from 'zod';
import { jsonAnswer, type Operation, previewAnswer } from '../http/operation.ts';
import { TrainingPath } from './operations.ts';

const tag = 'Trainings';
/** Five thousand attendees. */
const bodyLimitBytes = 2 * 1024 * 1024;

export const enrol = {
  method: 'post',
  path: '/v1/trainings/{id}/enrolments',
  tag,
  scope: 'watch',
  summary: 'Enrol in a training',
  description:
    'While its enrolment window is open, also after the event, and while there are places. Enrolling credits nothing: a reviewer confirms who took part (R11). Enrolling again changes nothing.',
  params: TrainingPath,
  answers: { 200: jsonAnswer('Enrolled already.', Enrolment), 201: jsonAnswer('Enrolled.', Enrolment) },
  problems: ['training-not-found', 'enrolment-closed', 'training-full', 'already-reviewed'],
} as const satisfies Operation;

export const cancelEnrolment = {
  method: 'delete',
  path: '/v1/trainings/{id}/enrolments/mine',
  tag,
  scope: 'watch',
  summary: 'Take one’s enrolment back, until somebody has decided about it',
  params: TrainingPath,
  answers: { 204: { description: 'Cancelled.' } },
  problems: ['enrolment-not-found', 'already-reviewed'],
} as const satisfies Operation;

export const listEnrolments = {
  method: 'get',
  path: '/v1/trainings/{id}/enrolments',
  tag,
  scope: 'review',
  summary: 'Who is enrolled in a training, also in one that was withdrawn',
  params: TrainingPath,
  query: EnrolmentsQuery,
  answers: { 200: jsonAnswer('In the order of learner ids, byte by byte.', EnrolmentsPage) },
  problems: ['training-not-found'],
} as const satisfies Operation;

export const enrolmentsOfLearner = {
  method: 'get',
  path: '/v1/enrolments',
  tag,
  scope: 'watch, for one’s own; review of headquarters, for anybody’s',
  summary: 'The trainings of a learner',
  query: LearnerEnrolmentsQuery,
  answers: { 200: jsonAnswer('In the order of training ids, byte by byte.', EnrolmentsPage) },
} as const satisfies Operation;

export const reviewEnrolments = {
  method: 'post',
  path: '/v1/trainings/{id}/enrolments/review',
  tag,
  scope: 'review',
  summary: 'Confirm or reject attendees',
  description:
    'All of them or none, each with the hours of the training or with other ones. Deciding again is a correction, in the audit trail; what somebody else has decided needs `correct`. Nobody confirms themselves. The answer says in `similar` who has something else that may be the same event.',
  params: TrainingPath,
  query: PreviewQuery,
  body: ReviewEnrolments,
  bodyLimitBytes,
  answers: { 200: previewAnswer('Decided', EnrolmentsReviewed) },
  problems: ['training-not-found', 'already-decided', 'training-not-over', 'year-closed'],
} as const satisfies Operation;

export const registerAttendance = {
  method: 'post',
  path: '/v1/trainings/{id}/attendance',
  tag,
  scope: 'review',
  summary: 'Register and confirm attendees at once',
  description:
    'Also those who never enrolled. As JSON, or as CSV with the column `learnerId` and optionally `onlineHours,offlineHours`, at most 5000 rows; all or nothing. The answer says in `similar` who has something else that may be the same event.',
  params: TrainingPath,
  query: PreviewQuery,
  otherBodies: { 'application/json': RegisterAttendance, 'text/csv': z.string() },
  answers: { 200: previewAnswer('Registered', EnrolmentsReviewed) },
  problems: ['training-not-found', 'already-decided', 'training-not-over', 'year-closed'],
} as const satisfies Operation;
