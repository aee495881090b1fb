import { z } from 'zod';

/** A moment in RFC 3339, UTC. */
export const Moment = z.iso.datetime().meta({ examples: ['2026-03-01T01:00:00Z'] });

/** A civil day `YYYY-MM-DD` in the policy's time zone (R9). */
export const CalendarDay = z.iso
  .date('must be a calendar day YYYY-MM-DD')
  .refine((day) => day >= '1970-01-01' && day < '3000', 'must be from 1970 to 2999')
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

/** The same, of several lines: line breaks and tabs are allowed. */
export const lines = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength, `must be at most ${maxLength} characters`)
    .refine(
      (text) => text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text),
      'must not contain control characters other than line breaks and tabs',
    );

/** Why somebody changes something. */
export const reason = displayText(500).optional().meta({ description: 'Why, for the audit trail (R8).' });

/** `true` or `false` in a query. */
export const YesOrNo = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((word) => word === 'true')
  .meta({ type: 'boolean' });

/** An accounting year in a path or a query. */
export const yearNumber = z
  .string()
  .regex(/^(19[7-9]\d|[2-9]\d{3})$/, 'must be a year of four digits')
  .transform(Number)
  .meta({ type: 'integer', description: 'Accounting year.', examples: [2026] });

/** An accounting year in a query. */
export const YearInQuery = yearNumber.meta({
  type: 'integer',
  description: 'Accounting year; absent: the present one.',
  examples: [2026],
});

/** What a value must be, for a schema's `error`; a value that is missing is said to be required. */
export const otherwise = (expectation: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? 'is required' : expectation;
