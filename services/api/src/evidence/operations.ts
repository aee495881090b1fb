import { EvidenceFile, EvidenceQuery, RecordId } from '@watchledger/contract';
import { acceptedEvidence } from '@watchledger/usecases';
import { z } from 'zod';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Activities';

export const uploadEvidence = {
  method: 'post',
  path: '/v1/evidence',
  tag,
  scope: 'watch, for one’s own',
  summary: 'Upload a file as evidence',
  description:
    'PDF, JPEG or PNG, at most 10 MiB, and 500 MiB of one learner; its own bytes must be of the type that it is said to be. Name its `fileId` in an activity.',
  query: EvidenceQuery,
  otherBodies: Object.fromEntries(
    acceptedEvidence.map((type) => [type, z.string().meta({ format: 'binary' })]),
  ),
  answers: { 201: jsonAnswer('Kept.', EvidenceFile) },
} as const satisfies Operation;

export const describeEvidence = {
  method: 'get',
  path: '/v1/evidence/{id}/about',
  tag,
  scope: 'watch, for one’s own; review, for those of one’s institute',
  summary: 'What a file is',
  description: 'Its name, type and size, without its bytes.',
  params: z.object({ id: RecordId }),
  answers: { 200: jsonAnswer('The file.', EvidenceFile) },
  problems: ['file-not-found'],
} as const satisfies Operation;

export const readEvidence = {
  method: 'get',
  path: '/v1/evidence/{id}',
  tag,
  scope: 'watch, for one’s own; review, for those of one’s institute',
  summary: 'Download a file',
  description: 'As an attachment, in a sandbox: it is never shown as a page of this service.',
  params: z.object({ id: RecordId }),
  answers: {
    200: {
      description: 'The file as it was uploaded.',
      content: Object.fromEntries(
        acceptedEvidence.map((type) => [type, z.string().meta({ format: 'binary' })]),
      ),
    },
  },
  problems: ['file-not-found', 'file-damaged'],
} as const satisfies Operation;
