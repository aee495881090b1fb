import { z } from 'zod';
import { ExamId, LearnerId } from './ids.ts';
import { CalendarDay, displayText, otherwise } from './values.ts';

/** `POST /v1/exams`: the result of one learner; told again, it replaces the one before. */
export const PutExam = z
  .strictObject({
    examId: ExamId,
    learnerId: LearnerId,
    title: displayText(500),
    takenOn: CalendarDay,
    passed: z.boolean({ error: otherwise('must be true or false') }),
    score: z
      .number({ error: otherwise('must be a number') })
      .min(0, 'must not be negative')
      .max(1_000_000, 'must be at most 1000000')
      .refine(
        (score) => Math.abs(score * 100 - Math.round(score * 100)) < 1e-6,
        'must have at most two decimals',
      )
      .nullish(),
  })
  .meta({ id: 'PutExam' });
export type PutExam = z.infer<typeof PutExam>;

export const Exam = z
  .object({
    examId: ExamId,
    learnerId: LearnerId,
    title: z.string(),
    takenOn: CalendarDay,
    passed: z.boolean(),
    score: z.number().nullable(),
  })
  .meta({ id: 'Exam' });
export type Exam = z.infer<typeof Exam>;
