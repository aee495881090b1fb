import {
  type CoursewareStatistics,
  type GoalStep,
  type HoursByCategory,
  mostCoursewareInStatistics,
  type OrganisationStatistics,
  type Statistics,
} from '@watchledger/contract';
import { rfc3339 } from '../moments/rfc3339.ts';
import type { Survey } from './survey.ts';
import { type CategoryHours, type Hours, Tally } from './tally.ts';

/** What the contract tells of some learners, whoever they are: whole seconds, floored. */
export type Figures = Pick<
  Statistics,
  'learners' | 'reached' | 'distribution' | 'hours' | 'months' | 'courseware' | 'coursewareWatched'
> & { readonly averageCreditedSeconds: number };

export function figuresOf(tally: Tally, year: number): Figures {
  const { learners, reached, creditedMs } = tally;
  const months = tally.months.map((month, nth) => ({
    month: `${year}-${String(nth + 1).padStart(2, '0')}`,
    ...inSeconds(month),
  }));
  return {
    learners,
    reached,
    averageCreditedSeconds: learners === 0 ? 0 : seconds(creditedMs / learners),
    distribution: tally.steps.map(stepShape),
    hours: inSeconds({
      online: sum(tally.months, 'online'),
      selfStudy: sum(tally.months, 'selfStudy'),
      offline: sum(tally.months, 'offline'),
    }),
    months,
    courseware: mostWatched(tally),
    coursewareWatched: tally.courseware.size,
  };
}

/** A survey as the contract shows it to who asks for everybody (null) or for an institute. */
export function statisticsShape(survey: Survey, year: number, organisationId: string | null): Statistics {
  const { all, byOrganisation, takenAt, goalMs } = survey;
  const of =
    organisationId === null ? all : (byOrganisation.get(organisationId) ?? figuresOf(new Tally(), year));
  const { averageCreditedSeconds: _, ...figures } = of;
  return {
    year,
    organisationId,
    asOf: rfc3339(takenAt),
    goalSeconds: seconds(goalMs),
    ...figures,
    organisations: organisations(survey, organisationId),
  };
}

const seconds = (ms: number): number => Math.floor(ms / 1_000);

const stepShape = (learners: number, step: number): GoalStep => ({
  fromPercent: Math.max(0, (step - 1) * 10),
  toPercent: step <= 10 ? step * 10 : null,
  learners,
});

/** The total is that of the categories as shown, so that the figures add up. */
function inSeconds({ online, selfStudy, offline }: CategoryHours): HoursByCategory {
  const shown = {
    online: shownHours(online),
    selfStudy: shownHours(selfStudy),
    offline: shownHours(offline),
  };
  const parts = Object.values(shown);
  const total = {
    seconds: parts.reduce((all, part) => all + part.seconds, 0),
    creditedSeconds: parts.reduce((all, part) => all + part.creditedSeconds, 0),
  };
  return { ...shown, total };
}

const shownHours = ({ ms, creditedMs }: Hours) => ({
  seconds: seconds(ms),
  creditedSeconds: seconds(creditedMs),
});

const sum = (months: readonly CategoryHours[], category: keyof CategoryHours): Hours =>
  months.reduce(
    (all, month) => ({
      ms: all.ms + month[category].ms,
      creditedMs: all.creditedMs + month[category].creditedMs,
    }),
    { ms: 0, creditedMs: 0 },
  );

function mostWatched({ courseware }: Tally): CoursewareStatistics[] {
  return [...courseware]
    .sort(([a, { watchedMs: first }], [b, { watchedMs: second }]) => second - first || (a < b ? -1 : 1))
    .slice(0, mostCoursewareInStatistics)
    .map(([coursewareId, { title, limitMs, watchedMs, creditedMs, learners, unfinished }]) => ({
      coursewareId,
      title,
      limitSeconds: seconds(limitMs),
      watchedSeconds: seconds(watchedMs),
      creditedSeconds: seconds(creditedMs),
      learners,
      unfinishedLearners: unfinished,
    }));
}

function organisations(
  { byOrganisation, names }: Survey,
  organisationId: string | null,
): OrganisationStatistics[] {
  return [...byOrganisation]
    .filter(([id]) => organisationId === null || id === organisationId)
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map(([id, { learners, reached, averageCreditedSeconds }]) => ({
      organisationId: id,
      name: id === null ? null : (names.get(id) ?? id),
      learners,
      reached,
      averageCreditedSeconds,
    }));
}
