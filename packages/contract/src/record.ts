import { z } from 'zod';
import { Activity } from './activities.ts';
import { Exam } from './exams.ts';
import { CoursewareId, LearnerId, OrganisationId, TrainingId } from './ids.ts';
import { Moment, WholeNumber } from './values.ts';

const month = z
  .string()
  .regex(/^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/, 'must be a month YYYY-MM')
  .meta({ examples: ['2026-01'] });

/** `GET /v1/learners/{id}/record`: first and last month, both inclusive. */
export const RecordQuery = z
  .strictObject({ from: month, to: month })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' });

/** `GET /v1/records`: the same of everybody, as a stream. */
export const RecordsQuery = z
  .strictObject({ from: month, to: month, organisationId: OrganisationId.optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' });

const earned = { seconds: WholeNumber, creditedSeconds: WholeNumber };

/** The figures of a record: what a line of an export has. */
export const RecordFigures = z
  .object({
    learnerId: LearnerId,
    from: z.string(),
    to: z.string(),
    head: z
      .object({
        year: z.int(),
        creditedSeconds: WholeNumber,
        missingSeconds: WholeNumber,
        goalSeconds: WholeNumber,
      })
      .meta({ description: 'The year of the last month.' }),
    total: z.object(earned),
    online: z.object({
      watchedSeconds: WholeNumber,
      declaredSeconds: WholeNumber,
      trainingSeconds: WholeNumber,
      ...earned,
    }),
    selfStudy: z.object(earned),
    offline: z.object({ externalSeconds: WholeNumber, trainingSeconds: WholeNumber, ...earned }),
    counts: z.object({
      trainings: WholeNumber,
      trainingsByCategory: z.array(z.object({ category: z.string(), count: WholeNumber })),
      externalTrainings: WholeNumber,
      selfStudy: WholeNumber,
      courseware: WholeNumber,
      externalNetwork: WholeNumber,
      exams: WholeNumber,
      examPassRate: z.number().meta({ description: 'Passed of all, 0 to 1; 0 of none.' }),
    }),
  })
  .meta({ id: 'RecordFigures' });
export type RecordFigures = z.infer<typeof RecordFigures>;

/** A learner's account for a range of months (R12). */
export const StudyRecord = RecordFigures.extend({
  trainings: z.array(
    z.object({
      trainingId: TrainingId,
      title: z.string(),
      place: z.string(),
      form: z.string(),
      category: z.string(),
      method: z.string().nullable(),
      classification: z.string().nullable(),
      organiser: z.string(),
      startsAt: Moment,
      endsAt: Moment,
      totalSeconds: WholeNumber,
      onlineSeconds: WholeNumber,
      offlineSeconds: WholeNumber,
      creditedSeconds: WholeNumber,
    }),
  ),
  activities: z.array(Activity.extend({ creditedSeconds: WholeNumber })),
  courseware: z.array(
    z.object({
      coursewareId: CoursewareId,
      title: z.string(),
      watchedSeconds: WholeNumber,
      creditedSeconds: WholeNumber,
      lastWatchedAt: Moment,
    }),
  ),
  exams: z.array(Exam),
}).meta({ id: 'StudyRecord' });
export type StudyRecord = z.infer<typeof StudyRecord>;
