import type { AdminYearsTexts } from './admin-years.zh-CN.ts';
import { counted } from './counted.ts';

/** Years: closing, reopening, comparing. */
export const adminYearsEn: AdminYearsTexts = {
  years: {
    title: 'Years',
    lead: 'A year is closed when it is over: everybody’s hours are frozen, and later changes do not touch them.',
    year: 'Year',
    state: 'State',
    states: { open: 'open', closing: 'being closed', closed: 'closed' },
    learners: 'Learners',
    closedAt: 'Closed',
    by: 'By',
    close: 'Close',
    closeOf: (year) => `Close ${year}`,
    reopen: 'Reopen',
    reopenOf: (year) => `Reopen ${year}`,
    compare: 'Compare with now',
    compareOf: (year) => `Compare ${year} with now`,
    notOver: 'not over yet',
    progress: (done, of) => `${done} of ${counted(of, 'learner')} done`,
    closeTitle: (year) => `Close ${year}?`,
    closeTexts: [
      'The hours of every learner and courseware are frozen as the final result of the year.',
      'Later changes of courseware hours and later decisions do not touch it.',
      'With many learners it takes some minutes; learning goes on meanwhile.',
      'The last closed year can be reopened if it must be.',
    ],
    pending: (activities, enrolments) =>
      `${counted(activities, 'declared activity', 'declared activities')} and ${counted(enrolments, 'enrolment')} await a decision. Once the year is closed they cannot be decided, and learners lose those hours.`,
    goReview: 'Decide them first',
    leavePending: 'Close it all the same, without deciding them',
    closeGo: 'Close the year',
    closed: (year) => `${year} is closed.`,
    started: (year) => `${year} is being closed. You can watch it here, or leave.`,
    failed: (year, why) => `${year} could not be closed, and all is as before: ${why}`,
    reopenTitle: (year) => `Reopen ${year}?`,
    reopenTexts: [
      'The frozen result is dropped, and hours are computed anew from today’s courseware hours and decisions.',
      'Some learners’ hours may change: look at “Compare with now” first.',
      'It can be closed again afterwards.',
    ],
    reopenWhy: 'Why it must be reopened',
    reopenGo: 'Reopen the year',
    reopened: (year) => `${year} is open again.`,
    refused: {
      'year-not-closable':
        'This year cannot be closed or reopened now: close earlier years first, or reopen later ones first.',
      'year-not-closed': 'This year is not closed.',
      'year-closing': 'This year is being closed.',
    },
    compareText:
      'On the left the hours as frozen, on the right as today’s data would say. Comparing changes nothing.',
    same: 'No difference',
    sameText: (learners) =>
      `The frozen hours of ${counted(learners, 'learner')} are exactly what today’s data say.`,
    different: (different, learners) => `${different} of ${counted(learners, 'learner')} differ`,
    intact: 'The frozen data are whole: they have the checksum that they were closed with.',
    broken:
      'The frozen data do not have the checksum that they were closed with: somebody has changed the database past the product. Tell your operators.',
    frozen: 'Frozen',
    folded: 'As of now',
    difference: 'Difference',
    csv: 'Download CSV',
    learner: 'Learner',
    first: (count) => `The first ${count} are listed.`,
  },
};
