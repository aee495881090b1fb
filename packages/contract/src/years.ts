import { z } from 'zod';
import { LearnerId } from './ids.ts';
import { page } from './paging.ts';
import { displayText, Moment, WholeNumber, yearNumber } from './values.ts';

/** The year in a path. */
export const YearPath = z.object({ year: yearNumber });

/** `POST /v1/years/{year}/close` */
export const CloseYear = z
  .strictObject({
    reason: displayText(500).optional(),
    leavePending: z
      .boolean()
      .optional()
      .meta({ description: 'Close it although declared activities and enrolments in it await a decision.' }),
  })
  .meta({ id: 'CloseYear' });
export type CloseYear = z.infer<typeof CloseYear>;

/** `POST /v1/years/{year}/reopen` */
export const ReopenYear = z.strictObject({ reason: displayText(500) }).meta({ id: 'ReopenYear' });
export type ReopenYear = z.infer<typeof ReopenYear>;

export const AccountingYear = z
  .object({
    year: z.int(),
    state: z.enum(['open', 'closing', 'closed']),
    closedAt: Moment.nullable(),
    closedBy: z.string().nullable(),
    learners: WholeNumber.nullable().meta({ description: 'How many have credits in the snapshot.' }),
    checksum: z.string().nullable().meta({ description: 'SHA-256 of the snapshot.' }),
    progress: z
      .object({ done: WholeNumber, of: WholeNumber })
      .nullable()
      .optional()
      .meta({ description: 'In a list, of a year that is being closed: learners frozen so far, of all.' }),
  })
  .meta({ id: 'AccountingYear' });
export type AccountingYear = z.infer<typeof AccountingYear>;

export const YearsPage = page(AccountingYear, 'YearsPage');
export type YearsPage = z.infer<typeof YearsPage>;

/** One learner whose frozen credits are not what a fold of today's facts and limits would say. */
export const YearDifference = z
  .object({
    learnerId: LearnerId,
    frozenSeconds: WholeNumber,
    foldedSeconds: WholeNumber,
    online: z.object({ frozenSeconds: WholeNumber, foldedSeconds: WholeNumber }),
    selfStudy: z.object({ frozenSeconds: WholeNumber, foldedSeconds: WholeNumber }),
    offline: z.object({ frozenSeconds: WholeNumber, foldedSeconds: WholeNumber }),
  })
  .meta({ id: 'YearDifference' });
export type YearDifference = z.infer<typeof YearDifference>;

/** `GET /v1/years/{year}/comparison` */
export const YearComparison = z
  .object({
    year: z.int(),
    learners: WholeNumber,
    different: WholeNumber,
    checksum: z.string(),
    intact: z
      .boolean()
      .meta({ description: 'Whether the stored snapshot has the checksum it was closed with.' }),
    items: z.array(YearDifference).meta({ description: 'The first 200 who differ.' }),
  })
  .meta({ id: 'YearComparison' });
export type YearComparison = z.infer<typeof YearComparison>;
