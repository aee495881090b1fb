import { z } from 'zod';

/** A moment in RFC 3339, UTC. */
export const Moment = z.iso.datetime().meta({ examples: ['2026-03-01T01:00:00Z'] });

/** A civil day `YYYY-MM-DD` in the policy's time zone (R9). */
export const CalendarDay = z.iso
  .date('must be a calendar day YYYY-MM-DD')
  .meta({ description: 'A day in the policy’s time zone.', examples: ['2026-03-01'] });

/** A duration or number of things that may be any whole number from zero. */
export const WholeNumber = z.int().min(0);

/** Text that people read: no control characters, nothing that a store could refuse. */
export const displayText = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength, `must be at most ${maxLength} characters`)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must not contain control characters');

/** An accounting year in a query. */
export const YearInQuery = z
  .string()
  .regex(/^(19[7-9]\d|[2-9]\d{3})$/, 'must be a year of four digits')
  .transform(Number)
  .meta({ type: 'integer', description: 'Accounting year; absent: the present one.', examples: [2026] });

/** What a value must be, for a schema's `error`; a value that is missing is said to be required. */
export const otherwise = (expectation: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? 'is required' : expectation;
