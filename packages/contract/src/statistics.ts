import { z } from 'zod';
import { CoursewareId, OrganisationId } from './ids.ts';
import { Moment, WholeNumber, YearInQuery } from './values.ts';

/** `GET /v1/statistics` */
export const StatisticsQuery = z.strictObject({
  year: YearInQuery.optional(),
  organisationId: OrganisationId.optional().meta({ description: 'Only the roster of this institute.' }),
});

const Hours = z
  .object({
    seconds: WholeNumber.meta({ description: 'Watched, approved and confirmed, before limits and caps.' }),
    creditedSeconds: WholeNumber,
  })
  .meta({ id: 'Hours' });

const byCategory = { online: Hours, selfStudy: Hours, offline: Hours, total: Hours };

/** Hours of many learners, by category. */
export const HoursByCategory = z.object(byCategory).meta({ id: 'HoursByCategory' });
export type HoursByCategory = z.infer<typeof HoursByCategory>;

/** How many learners lie between two percentages of the goal. */
export const GoalStep = z
  .object({
    fromPercent: WholeNumber,
    toPercent: WholeNumber.nullable(),
    learners: WholeNumber,
  })
  .meta({ id: 'GoalStep' });
export type GoalStep = z.infer<typeof GoalStep>;

export const CoursewareStatistics = z
  .object({
    coursewareId: CoursewareId,
    title: z.string(),
    limitSeconds: WholeNumber,
    watchedSeconds: WholeNumber,
    creditedSeconds: WholeNumber,
    learners: WholeNumber.meta({ description: 'Who watched it in the year.' }),
    unfinishedLearners: WholeNumber.meta({
      description:
        'Those of them who by now have had less than 80 % of it, in all years: of the media, where its length and what they played are known, else of its limit.',
    }),
  })
  .meta({ id: 'CoursewareStatistics' });
export type CoursewareStatistics = z.infer<typeof CoursewareStatistics>;

export const OrganisationStatistics = z
  .object({
    organisationId: OrganisationId.nullable().meta({ description: 'Null: of no institute.' }),
    name: z.string().nullable(),
    learners: WholeNumber,
    reached: WholeNumber,
    averageCreditedSeconds: WholeNumber,
  })
  .meta({ id: 'OrganisationStatistics' });
export type OrganisationStatistics = z.infer<typeof OrganisationStatistics>;

/** The most courseware that statistics name. */
export const mostCoursewareInStatistics = 100;

/** A year of many learners, in figures that name nobody. */
export const Statistics = z
  .object({
    year: z.int(),
    organisationId: OrganisationId.nullable().meta({ description: 'Null: of everybody.' }),
    asOf: Moment.meta({ description: 'When the figures were taken; they may be some minutes old.' }),
    goalSeconds: WholeNumber,
    learners: WholeNumber.meta({ description: 'Who is known and, by the roster, owes study hours.' }),
    reached: WholeNumber.meta({ description: 'Those of them who miss nothing to the goal.' }),
    distribution: z.array(GoalStep).meta({
      description:
        'All learners by credited time in percent of the goal: first those with none (0 to 0), then steps of ten, each without its upper end, last those who reached it (100 to null).',
    }),
    hours: HoursByCategory,
    months: z.array(z.object({ month: z.string(), ...byCategory })).meta({
      description:
        'January to December. Each fact lies on its day, and keeps what it earned in its year: a cap that an earlier month used up stays used up (R12).',
    }),
    courseware: z
      .array(CoursewareStatistics)
      .meta({ description: `By watched time, at most ${mostCoursewareInStatistics}.` }),
    coursewareWatched: WholeNumber.meta({ description: 'How many were watched in the year at all.' }),
    organisations: z
      .array(OrganisationStatistics)
      .meta({ description: 'Every institute with learners, in the order of ids; last those of none.' }),
  })
  .meta({ id: 'Statistics' });
export type Statistics = z.infer<typeof Statistics>;
