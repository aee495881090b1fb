import type { WatchingTexts } from './me-watching.zh-CN.ts';

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** Courseware, its sessions, and the calendar of days. */
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

  session: {
    states: { active: 'Studying now', expired: 'Broken off', superseded: 'Replaced', ended: 'Ended' },
    summary: (watched, credited) => `${watched} watched, ${credited} credited`,
    strip: (credited, uncounted) => `Timeline: ${credited} credited, ${uncounted} not`,
    stretches: (count) => `Stretch by stretch (${count})`,
    counted: 'Credited',
    uncounted: 'Not credited',
    reasons: {
      paused: 'Paused, or played to the end.',
      hidden: 'The page could not be seen: another tab was open, or the window minimised.',
      idle: 'Nothing was moved for a long time, so it is not taken for studying.',
      buffering: 'The picture stood still while the video was loading.',
      gap: 'Nothing was heard of the page: the network was gone, the device asleep, or the page closed.',
      'courseware-limit-reached': 'The hours of this courseware are used up; more is not credited.',
      'online-cap-reached':
        'The yearly cap of online learning is reached; please supplement with self-study or offline learning.',
      'year-closed': 'The year was closed: what arrived after that is not credited.',
    },
    noStretches: 'It was opened, but neither played nor read.',
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
