import {
  Imported,
  ImportQuery,
  Learner,
  LearnerId,
  LearnersPage,
  LearnersQuery,
  Me,
  Organisation,
  OrganisationId,
  OrganisationsPage,
  OrganisationsQuery,
  PutLearner,
  PutOrganisation,
} from '@watchledger/contract';
import { z } from 'zod';
import { IfMatchHeader, jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'People';
const scope = 'admin';
const OrganisationPath = z.object({ id: OrganisationId });
const LearnerPath = z.object({ id: LearnerId });

export const putOrganisation = {
  method: 'put',
  path: '/v1/organisations/{id}',
  tag,
  scope,
  summary: 'Create or rename an institute',
  description: 'Headquarters alone: a token without `org`.',
  params: OrganisationPath,
  headers: IfMatchHeader,
  body: PutOrganisation,
  answers: { 200: jsonAnswer('Renamed.', Organisation), 201: jsonAnswer('Created.', Organisation) },
  problems: ['precondition-failed'],
} as const satisfies Operation;

export const getOrganisation = {
  method: 'get',
  path: '/v1/organisations/{id}',
  tag,
  scope,
  summary: 'One institute',
  params: OrganisationPath,
  answers: { 200: jsonAnswer('The institute; `ETag` names its version.', Organisation) },
  problems: ['organisation-not-found'],
} as const satisfies Operation;

export const listOrganisations = {
  method: 'get',
  path: '/v1/organisations',
  tag,
  scope: 'review, or admin',
  summary: 'The institutes',
  query: OrganisationsQuery,
  answers: { 200: jsonAnswer('In the order of ids, byte by byte.', OrganisationsPage) },
} as const satisfies Operation;

export const putLearner = {
  method: 'put',
  path: '/v1/learners/{id}',
  tag,
  scope,
  summary: 'Put a learner on the roster, or change what it says',
  description: 'The roster is optional for watching. An admin of an institute keeps its own roster alone.',
  params: LearnerPath,
  headers: IfMatchHeader,
  body: PutLearner,
  answers: { 200: jsonAnswer('Changed.', Learner), 201: jsonAnswer('On the roster now.', Learner) },
  problems: ['precondition-failed'],
} as const satisfies Operation;

export const getLearner = {
  method: 'get',
  path: '/v1/learners/{id}',
  tag,
  scope,
  summary: 'What the roster says of a learner',
  params: LearnerPath,
  answers: { 200: jsonAnswer('The learner; `ETag` names the version.', Learner) },
  problems: ['learner-not-found'],
} as const satisfies Operation;

export const listLearners = {
  method: 'get',
  path: '/v1/learners',
  tag,
  scope: 'review, or admin',
  summary: 'Find learners',
  query: LearnersQuery,
  answers: { 200: jsonAnswer('In the order of ids, byte by byte.', LearnersPage) },
} as const satisfies Operation;

export const importLearners = {
  method: 'post',
  path: '/v1/learners/import',
  tag,
  scope,
  summary: 'Put many learners on the roster from a CSV file',
  description:
    'Columns `learnerId,name` and optionally `organisationId,active` (`true` or `false`, by default true), at most 5000 rows and 5 MiB. All or nothing: `errors` names every bad line.',
  query: ImportQuery,
  otherBodies: { 'text/csv': z.string() },
  answers: { 200: jsonAnswer('What was done, or with `dryRun` would be done.', Imported) },
} as const satisfies Operation;

export const me = {
  method: 'get',
  path: '/v1/me',
  tag,
  scope: 'watch',
  summary: 'What the roster says of who asks',
  answers: { 200: jsonAnswer('Name and institute; nulls where the roster says nothing.', Me) },
} as const satisfies Operation;
