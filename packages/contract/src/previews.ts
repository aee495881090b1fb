import { z } from 'zod';
import { SimilarOfLearner } from './activities.ts';
import { LearnerId } from './ids.ts';
import { WholeNumber, YesOrNo } from './values.ts';

/** `?preview=true` changes nothing, and says who would gain and who would lose (R8). */
export const PreviewQuery = z.strictObject({
  preview: YesOrNo.default(false).meta({
    description:
      'Change nothing, and say who would gain or lose how much; refused where the change would be. With `Accept: application/x-ndjson` as a stream: `{"progress":{"done","total"}}` and a line for each learner who gains or loses, at last `{"end":true,…}` with the sums.',
  }),
});

/** What one learner would gain or lose in one open year. */
export const CreditDifference = z
  .object({
    learnerId: LearnerId,
    year: z.int(),
    fromSeconds: WholeNumber.meta({ description: 'Credited in all, as of now.' }),
    toSeconds: WholeNumber,
    differenceSeconds: z.int(),
  })
  .meta({ id: 'CreditDifference' });
export type CreditDifference = z.infer<typeof CreditDifference>;

const sums = {
  learners: WholeNumber.meta({ description: 'Whose facts the change concerns at all.' }),
  gaining: WholeNumber,
  losing: WholeNumber,
  gainedSeconds: WholeNumber,
  lostSeconds: WholeNumber,
};

export const Preview = z
  .object({
    preview: z.literal(true),
    ...sums,
    items: z.array(CreditDifference).meta({
      description:
        'The first 200. To a reviewer of an institute, of its own learners alone: others are in the sums.',
    }),
    similar: z.array(SimilarOfLearner).optional().meta({
      description:
        'Of attendees: who has something else that may be the same event (T20). In a stream, in its last line.',
    }),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof Preview>;

/** The lines of a preview that is streamed. */
export type PreviewLine =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | CreditDifference
  | ({ readonly end: true; readonly count: number } & Omit<Preview, 'preview' | 'items'>);
