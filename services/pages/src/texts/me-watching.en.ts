import { counted } from './counted.ts';
import type { WatchingTexts } from './me-watching.zh-CN.ts';

/** Courseware, and the calendar of days. */
export const watchingEn: WatchingTexts = {
  courseware: {
    title: (year) => `Courseware of ${year}`,
    lead: 'How long you watched each, how much of it is credited, and how much can still be.',
    caption: (count) => `${count} in all, the latest first`,
    search: 'Find by title',
    find: 'Find',
    all: 'Show all',
    columns: {
      title: 'Courseware',
      watched: 'Watched',
      credited: 'Credited',
      left: 'Left',
      last: 'Last watched',
    },
    ofLimit: (used, limit) => `${used} credited of a limit of ${limit}`,
    full: 'complete',
    none: 'No courseware watched yet',
    noneText: 'Open courseware on the learning site: it is recorded while you watch, and appears here.',
    notFound: 'Nothing found',
    notFoundText: 'No courseware has these words in its title. Try others.',
    sessions: (year) => `Viewings of ${year}`,
    noSessions: 'No viewing in this year',
    noSessionsText: 'Try another year.',
    back: 'All courseware',
  },

  calendar: {
    title: (year) => `Calendar of ${year}`,
    summary: (days, time) => `${time} on ${counted(days, 'day')}. Choose a day to see what you watched.`,
    weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
    cell: (day, time) => `${day}, ${time}`,
    scale: { label: 'Shades', none: 'nothing', less: 'less', more: 'more' },
    table: 'Show as a table',
    month: 'Month',
    days: 'Days',
    time: 'Watched',
    on: (day) => `What you watched on ${day}`,
    noneOn: 'Nothing was watched on this day.',
    close: 'Close',
    none: 'Nothing watched in this year yet',
    noneText: 'Days on which you watch are marked in the calendar, the darker the longer.',
    watchedOnDay: (time) => `${time} on this day`,
  },
};
