import { z } from 'zod';
import { Similar, SimilarOfLearner } from './activities.ts';
import { CoursewareId, LearnerId, OrganisationId, TrainingId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import {
  CalendarDay,
  displayText,
  lines,
  Moment,
  otherwise,
  reason,
  WholeNumber,
  YesOrNo,
} from './values.ts';

export const TrainingKind = z
  .enum(['training', 'academic-report'], { error: otherwise('must be training or academic-report') })
  .meta({ id: 'TrainingKind', description: '培训项目 or 学术报告.' });
export type TrainingKind = z.infer<typeof TrainingKind>;

const maxSeconds = 366 * 86_400;
const hours = z
  .int({ error: otherwise('must be a whole number of seconds') })
  .min(0, 'must not be negative')
  .max(maxSeconds, `must be at most ${maxSeconds}`);

/** A moment that a client gives: RFC 3339, with any offset. */
const given = z.iso
  .datetime({ offset: true, error: otherwise('must be a moment such as 2026-03-01T09:00:00+08:00') })
  .refine((text) => isReasonable(Date.parse(text)), 'must be from 1970 to 2999');

const isReasonable = (moment: number): boolean => moment >= 0 && moment < Date.UTC(3_000, 0, 1);

/** What an organiser decides about a training (R11); an optional field that is absent or null is cleared. */
export const TrainingFields = z
  .strictObject({
    title: displayText(500),
    kind: TrainingKind,
    type: displayText(100).nullish(),
    form: displayText(100).meta({ description: '培训形式.' }),
    category: displayText(100).meta({ description: '培训类别: trainings are counted by it.' }),
    method: displayText(100).nullish().meta({ description: '培训方式.' }),
    classification: displayText(100).nullish().meta({ description: '培训项目分类.' }),
    organiser: displayText(200).meta({ description: '主办单位.' }),
    contact: displayText(200).nullish(),
    goal: lines(4_000).nullish(),
    content: lines(20_000).nullish(),
    place: displayText(200),
    capacity: z
      .int({ error: otherwise('must be a whole number') })
      .min(1, 'must be at least 1')
      .max(1_000_000)
      .nullish(),
    onlineSeconds: hours,
    offlineSeconds: hours,
    startsAt: given,
    endsAt: given.meta({ description: 'On the day of this moment confirmed hours count (R11).' }),
    enrolFrom: given.nullish().meta({ description: 'Absent: from now on.' }),
    enrolUntil: given
      .nullish()
      .meta({ description: 'Absent: until the event ends. Later than that is normal.' }),
    coursewareIds: z
      .array(CoursewareId)
      .max(100, 'must be at most 100')
      .refine((ids) => new Set(ids).size === ids.length, 'must name each courseware once')
      .optional()
      .meta({ description: 'Watched time of these does not count beside the online part (R11).' }),
  })
  .superRefine(({ startsAt, endsAt, enrolFrom, enrolUntil, onlineSeconds, offlineSeconds }, context) => {
    const fault = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message });
    const before = (a: string, b: string) => Date.parse(a) < Date.parse(b);
    if (before(endsAt, startsAt)) fault('endsAt', 'must not be before startsAt');
    if (enrolFrom && enrolUntil && before(enrolUntil, enrolFrom))
      fault('enrolUntil', 'must not be before enrolFrom');
    const days = Math.floor((Date.parse(endsAt) - Date.parse(startsAt)) / 86_400_000) + 2;
    if (onlineSeconds + offlineSeconds > days * 86_400)
      fault('offlineSeconds', 'must not make it longer than the event, by whole days');
    if (onlineSeconds + offlineSeconds === 0) fault('offlineSeconds', 'must not be 0 where onlineSeconds is');
  });
export type TrainingFields = z.infer<typeof TrainingFields>;

/** `PUT /v1/trainings/{id}` */
export const PutTraining = TrainingFields.safeExtend({ reason }).meta({ id: 'PutTraining' });
export type PutTraining = z.infer<typeof PutTraining>;

export const EnrolmentState = z
  .enum(['enrolled', 'confirmed', 'rejected', 'cancelled'], {
    error: otherwise('must be enrolled, confirmed, rejected or cancelled'),
  })
  .meta({ id: 'EnrolmentState' });
export type EnrolmentState = z.infer<typeof EnrolmentState>;

export const Training = z
  .object({
    trainingId: TrainingId,
    organisationId: OrganisationId.nullable().meta({ description: 'Who holds it; null: headquarters.' }),
    title: z.string(),
    kind: TrainingKind,
    type: z.string().nullable(),
    form: z.string(),
    category: z.string(),
    method: z.string().nullable(),
    classification: z.string().nullable(),
    organiser: z.string(),
    contact: z.string().nullable(),
    goal: z.string().nullable(),
    content: z.string().nullable(),
    place: z.string(),
    capacity: WholeNumber.nullable(),
    onlineSeconds: WholeNumber,
    offlineSeconds: WholeNumber,
    totalSeconds: WholeNumber,
    startsAt: Moment,
    endsAt: Moment,
    enrolFrom: Moment.nullable(),
    enrolUntil: Moment.nullable(),
    coursewareIds: z.array(CoursewareId),
    open: z.boolean().meta({ description: 'Whether one can enrol now.' }),
    enrolled: WholeNumber.meta({ description: 'Enrolled or confirmed.' }),
    confirmed: WholeNumber.meta({ description: 'Of these, confirmed.' }),
    rating: z.object({
      average: z.number().nullable().meta({ description: 'Of 1 to 5, to two decimals; null: not rated.' }),
      count: WholeNumber,
    }),
    myState: EnrolmentState.nullable().meta({ description: 'The caller’s own enrolment.' }),
    myRating: z.int().nullable(),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'Training' });
export type Training = z.infer<typeof Training>;

/** `GET /v1/trainings` */
export const TrainingsQuery = z.strictObject({
  ...pageQuery,
  query: displayText(200).optional().meta({ description: 'Part of title, organiser, place or content.' }),
  kind: TrainingKind.optional(),
  type: displayText(100).optional(),
  category: displayText(100).optional(),
  organiser: displayText(200).optional().meta({ description: 'Exactly this 主办单位.' }),
  source: z
    .enum(['own', 'other'], { error: 'must be own or other' })
    .optional()
    .meta({ description: 'Of the caller’s own institute, or of others.' }),
  from: CalendarDay.optional().meta({ description: 'Ended on this day or later.' }),
  to: CalendarDay.optional().meta({ description: 'Began on this day or before.' }),
  open: YesOrNo.optional().meta({ description: 'Whether one can enrol now.' }),
});
export const TrainingsPage = page(Training, 'TrainingsPage');
export type TrainingsPage = z.infer<typeof TrainingsPage>;

export const Enrolment = z
  .object({
    trainingId: TrainingId,
    learnerId: LearnerId,
    title: z.string(),
    startsAt: Moment,
    endsAt: Moment,
    state: EnrolmentState,
    onlineSeconds: WholeNumber.meta({ description: 'What counts if it is confirmed.' }),
    offlineSeconds: WholeNumber,
    comment: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: Moment.nullable(),
    rating: z.int().nullable(),
    enrolledAt: Moment,
    similar: z
      .array(Similar)
      .optional()
      .meta({ description: 'For reviewers: what else of this learner may be the same event (T20).' }),
  })
  .meta({ id: 'Enrolment' });
export type Enrolment = z.infer<typeof Enrolment>;

export const EnrolmentsQuery = z.strictObject({ ...pageQuery, state: EnrolmentState.optional() });
export const LearnerEnrolmentsQuery = z.strictObject({ ...pageQuery, learnerId: LearnerId.optional() });
export const EnrolmentsPage = page(Enrolment, 'EnrolmentsPage');
export type EnrolmentsPage = z.infer<typeof EnrolmentsPage>;

/** One attendee of a decision; hours that are absent are those of the training. */
export const Attendee = z
  .strictObject({
    learnerId: LearnerId,
    onlineSeconds: hours.nullish(),
    offlineSeconds: hours.nullish(),
  })
  .meta({ id: 'Attendee' });
export type Attendee = z.infer<typeof Attendee>;

const attendees = z
  .array(Attendee)
  .min(1, 'must name somebody')
  .max(5_000, 'must be at most 5000')
  .superRefine((items, context) => {
    const seen = new Set<string>();
    for (const [index, { learnerId }] of items.entries()) {
      if (seen.has(learnerId))
        context.addIssue({ code: 'custom', path: [index, 'learnerId'], message: 'is there twice' });
      seen.add(learnerId);
    }
  });

/** `POST /v1/trainings/{id}/enrolments/review` */
export const ReviewEnrolments = z
  .strictObject({
    decision: z.enum(['confirm', 'reject'], { error: otherwise('must be confirm or reject') }),
    items: attendees,
    comment: displayText(1_000).nullish(),
    correct: z
      .boolean()
      .optional()
      .meta({ description: 'Decide anew what another reviewer has decided; else that is refused (409).' }),
  })
  .meta({ id: 'ReviewEnrolments' });
export type ReviewEnrolments = z.infer<typeof ReviewEnrolments>;

/** `POST /v1/trainings/{id}/attendance` */
export const RegisterAttendance = z
  .strictObject({ items: attendees, comment: displayText(1_000).nullish(), correct: z.boolean().optional() })
  .meta({ id: 'RegisterAttendance' });
export type RegisterAttendance = z.infer<typeof RegisterAttendance>;

/** What a decision in bulk did. */
export const EnrolmentsReviewed = z
  .object({
    changed: WholeNumber,
    unchanged: WholeNumber,
    similar: z.array(SimilarOfLearner).meta({
      description:
        'Whom of these something else concerns that may be the same event (T20). It is decided all the same: ask first with `preview`, or correct it.',
    }),
  })
  .meta({ id: 'EnrolmentsReviewed' });
export type EnrolmentsReviewed = z.infer<typeof EnrolmentsReviewed>;

/** `PUT /v1/trainings/{id}/rating` */
export const RateTraining = z
  .strictObject({
    rating: z
      .int({ error: otherwise('must be a whole number from 1 to 5') })
      .min(1, 'must be from 1 to 5')
      .max(5, 'must be from 1 to 5'),
  })
  .meta({ id: 'RateTraining' });
export type RateTraining = z.infer<typeof RateTraining>;

/** A word that trainings are filed under, and how many are. */
const TrainingTerm = z.object({ name: z.string(), count: WholeNumber });

/** `GET /v1/training-terms`: what `type` and `category` can be asked for. */
export const TrainingTerms = z
  .object({ types: z.array(TrainingTerm), categories: z.array(TrainingTerm) })
  .meta({ id: 'TrainingTerms' });
export type TrainingTerms = z.infer<typeof TrainingTerms>;
