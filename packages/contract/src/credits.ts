import { z } from 'zod';
import { CoursewareKind } from './courseware.ts';
import { CoursewareId, LearnerId, OrganisationId, SessionId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import { CalendarDay, Moment, WholeNumber, YearInQuery } from './values.ts';
import { SessionState } from './viewing.ts';

const capped = {
  creditedSeconds: WholeNumber,
  capSeconds: WholeNumber.nullable().meta({ description: 'Null: no cap.' }),
  remainingSeconds: WholeNumber.nullable(),
};

/** One learner's year among many: the fold of the facts (R4–R8). */
export const CreditsRow = z
  .object({
    learnerId: LearnerId,
    year: z.int(),
    closed: z.boolean().meta({ description: 'A closed year is a frozen snapshot (R8).' }),
    online: z.object({
      watchedSeconds: WholeNumber,
      declaredSeconds: WholeNumber,
      trainingSeconds: WholeNumber,
      seconds: WholeNumber.meta({ description: 'Total before limits and caps.' }),
      creditedMinutes: WholeNumber,
      ...capped,
    }),
    selfStudy: z.object({ seconds: WholeNumber, ...capped }),
    offline: z.object({
      externalSeconds: WholeNumber,
      trainingSeconds: WholeNumber,
      seconds: WholeNumber,
      ...capped,
    }),
    total: z.object({
      seconds: WholeNumber,
      creditedSeconds: WholeNumber,
      goalSeconds: WholeNumber,
      missingSeconds: WholeNumber,
    }),
  })
  .meta({ id: 'CreditsRow' });
export type CreditsRow = z.infer<typeof CreditsRow>;

export const CoursewareCredits = z
  .object({
    coursewareId: CoursewareId,
    title: z.string(),
    watchedSeconds: WholeNumber,
    creditedSeconds: WholeNumber,
    limitSeconds: WholeNumber,
    remainingSeconds: WholeNumber.meta({
      description: 'What the limit leaves at the end of this year, by what was credited in its scope (R4).',
    }),
    lastWatchedAt: Moment,
  })
  .meta({ id: 'CoursewareCredits' });
export type CoursewareCredits = z.infer<typeof CoursewareCredits>;

/** One learner's year with the courseware behind it. */
export const Credits = CreditsRow.extend({ courseware: z.array(CoursewareCredits) }).meta({ id: 'Credits' });
export type Credits = z.infer<typeof Credits>;

/** `GET /v1/learners/{id}/credits` */
export const LearnerCreditsQuery = z.strictObject({ year: YearInQuery.optional() });

/** `GET /v1/credits` */
export const CreditsQuery = z.strictObject({
  ...pageQuery,
  year: YearInQuery.optional(),
  learnerId: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(LearnerId).max(200))
    .optional()
    .meta({ description: 'Repeatable: only these learners.' }),
  organisationId: OrganisationId.optional().meta({ description: 'Only the roster of this institute.' }),
  below: z
    .enum(['goal'], { error: 'must be goal' })
    .optional()
    .meta({ description: 'Only learners who miss credited time to the goal.' }),
});
export const CreditsPage = page(CreditsRow, 'CreditsPage');
export type CreditsPage = z.infer<typeof CreditsPage>;

/** The last line of an NDJSON stream: the proof that it is whole. */
export const StreamEnd = z.object({ end: z.literal(true), count: WholeNumber }).meta({ id: 'StreamEnd' });
export type StreamEnd = z.infer<typeof StreamEnd>;

/** One of the sessions behind a learner's figures. */
export const LearnerSession = z
  .object({
    sessionId: SessionId,
    coursewareId: CoursewareId,
    title: z.string(),
    kind: CoursewareKind,
    state: SessionState,
    openedAt: Moment,
    lastSeenAt: Moment,
    sealedAt: Moment.nullable().meta({ description: 'From then on it earns nothing (R3a).' }),
    watchedSeconds: WholeNumber,
    days: z
      .array(z.object({ day: CalendarDay, watchedSeconds: WholeNumber }))
      .meta({ description: 'The accepted time, split at midnight (R9).' }),
  })
  .meta({ id: 'LearnerSession' });
export type LearnerSession = z.infer<typeof LearnerSession>;

/** Why a stretch of a session did not count (R13). */
export const WhyNot = z
  .enum([
    'paused',
    'hidden',
    'idle',
    'buffering',
    'gap',
    'courseware-limit-reached',
    'online-cap-reached',
    'year-closed',
  ])
  .meta({
    id: 'WhyNot',
    description:
      '`gap`: nothing was heard of the page, or too late to be caught up on. Viewing that was refused (R3) has no session, and what follows a take-over is in another one: neither is a stretch of this.',
  });
export type WhyNot = z.infer<typeof WhyNot>;

export const TimelineStretch = z
  .object({
    from: Moment,
    to: Moment,
    watchedMs: WholeNumber.meta({ description: 'What was accepted in it (R2).' }),
    counted: z.boolean().meta({ description: 'Whether it is credited.' }),
    reason: WhyNot.nullable().meta({ description: 'Why not; null where it counted.' }),
  })
  .meta({ id: 'TimelineStretch' });
export type TimelineStretch = z.infer<typeof TimelineStretch>;

/** `GET /v1/sessions/{id}/timeline`: a session from its opening on, without holes. */
export const SessionTimeline = z
  .object({
    sessionId: SessionId,
    learnerId: LearnerId,
    coursewareId: CoursewareId,
    title: z.string(),
    openedAt: Moment,
    lastSeenAt: Moment,
    sealedAt: Moment.nullable(),
    watchedMs: WholeNumber,
    creditedMs: WholeNumber,
    stretches: z.array(TimelineStretch),
  })
  .meta({ id: 'SessionTimeline' });
export type SessionTimeline = z.infer<typeof SessionTimeline>;

/** `GET /v1/learners/{id}/sessions`: those that were open on a day from `from` to `to`, newest first. */
export const LearnerSessionsQuery = z
  .strictObject({
    ...pageQuery,
    from: CalendarDay.optional(),
    to: CalendarDay.optional(),
    coursewareId: CoursewareId.optional().meta({ description: 'Only those of this courseware.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  });
export const LearnerSessionsPage = page(LearnerSession, 'LearnerSessionsPage');
export type LearnerSessionsPage = z.infer<typeof LearnerSessionsPage>;
