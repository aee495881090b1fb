import { z } from 'zod';
import { LearnerId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import { displayText, Moment, WholeNumber } from './values.ts';

const AuditSubject = z.enum([
  'courseware',
  'policy',
  'organisation',
  'learner',
  'activity',
  'training',
  'enrolment',
  'exam',
  'year',
  'session',
]);

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One entry of the audit trail (R8): who, when, why, what, from, to. */
export const AuditEntry = z
  .object({
    sequence: WholeNumber,
    at: Moment,
    actor: z.string(),
    action: z.string(),
    subject: z.object({ kind: AuditSubject, id: z.string() }),
    learnerId: LearnerId.nullable().meta({
      description: 'Whose hours it is about; null: nobody’s in particular.',
    }),
    changes: z.array(z.object({ field: z.string(), from: value, to: value })),
    reason: z.string().nullable(),
    seal: z.string().meta({ description: 'SHA-256 over this entry and the seal before: the chain.' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `GET /v1/audit` */
export const AuditQuery = z
  .strictObject({
    ...pageQuery,
    kind: AuditSubject.optional(),
    id: displayText(300).optional().meta({ description: 'Of one subject; with `kind`.' }),
    learnerId: LearnerId.optional(),
    actor: displayText(128).optional(),
    order: z
      .enum(['oldest', 'newest'], { error: 'must be oldest or newest' })
      .optional()
      .meta({ description: 'Which come first; absent: the oldest.' }),
  })
  .refine(({ kind, id }) => id === undefined || kind !== undefined, {
    path: ['kind'],
    message: 'is required where id is given',
  });
export const AuditPage = page(AuditEntry, 'AuditPage');
export type AuditPage = z.infer<typeof AuditPage>;
