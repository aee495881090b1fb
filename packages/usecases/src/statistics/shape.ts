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

/** A survey as the contract shows it: whole seconds, floored. */
export function statisticsShape(survey: Survey, year: number, organisationId: string | null): Statistics {
  const tally =
    organisationId === null ? survey.all : (survey.byOrganisation.get(organisationId) ?? new Tally());
  const months = tally.months.map((month, nth) => ({
    month: `${year}-${String(nth + 1).padStart(2, '0')}`,
    ...inSeconds(month),
  }));
  return {
    year,
    organisationId,
    asOf: rfc3339(survey.takenAt),
    goalSeconds: seconds(survey.goalMs),
    learners: tally.learners,
    reached: tally.reached,
    distribution: tally.steps.map(stepShape),
    hours: inSeconds({
      online: sum(tally.months, 'online'),
      selfStudy: sum(tally.months, 'selfStudy'),
      offline: sum(tally.months, 'offline'),
    }),
    months,
    courseware: mostWatched(tally),
    coursewareWatched: tally.courseware.size,
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
    .map(([id, { learners, reached, creditedMs }]) => ({
      organisationId: id,
      name: id === null ? null : (names.get(id) ?? id),
      learners,
      reached,
      averageCreditedSeconds: learners === 0 ? 0 : seconds(creditedMs / learners),
    }));
}
