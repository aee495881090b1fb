import type { Activity, Enrolment } from '@watchledger/contract';
import { createCalendar, instant, yearOf } from '@watchledger/rules';

/** Seconds that would count in a year if all that awaits a decision were approved, before caps. */
export interface Waiting {
  readonly online: number;
  readonly selfStudy: number;
  readonly offline: number;
}

/** @param activities those that were submitted */
export function waitingIn(
  year: number,
  activities: readonly Activity[],
  enrolments: readonly Enrolment[],
  timeZone: string,
): Waiting {
  const calendar = createCalendar(timeZone);
  const declared = (category: Activity['category']) =>
    sum(activities.filter((each) => each.category === category && each.to.startsWith(`${year}-`)));
  const trainings = enrolments.filter(
    ({ state, endsAt }) =>
      state === 'enrolled' && yearOf(calendar.dayOf(instant(Date.parse(endsAt)))) === year,
  );
  return {
    online: declared('online') + trainings.reduce((all, { onlineSeconds }) => all + onlineSeconds, 0),
    selfStudy: declared('self-study'),
    offline: declared('offline') + trainings.reduce((all, { offlineSeconds }) => all + offlineSeconds, 0),
  };
}

const sum = (activities: readonly Activity[]): number =>
  activities.reduce((all, { seconds }) => all + seconds, 0);
