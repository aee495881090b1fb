import type { ViewingTexts } from './viewing.zh-CN.ts';

/** A viewing, stretch by stretch. */
export const viewingEn: ViewingTexts = {
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
};
