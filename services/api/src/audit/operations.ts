import { AuditPage, AuditQuery } from '@watchledger/contract';
import { jsonAnswer, type Operation } from '../http/operation.ts';

export const auditTrail = {
  method: 'get',
  path: '/v1/audit',
  tag: 'Audit',
  scope: 'admin',
  summary: 'Who changed what, when, why, from what, to what',
  description:
    'Headquarters alone. Entries are only ever added; each is sealed onto the one before, and `npm run verify` checks the chain.',
  query: AuditQuery,
  answers: { 200: jsonAnswer('Oldest first.', AuditPage) },
} as const satisfies Operation;
