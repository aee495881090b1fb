import type { MeTexts } from './me.zh-CN.ts';

/** What the learner's pages say in English. */
export const meEn: MeTexts = {
  categories: { online: 'Online', selfStudy: 'Self-study', offline: 'Offline' },

  year: {
    title: (year) => `Study hours of ${year}`,
    years: 'Years',
    glance: 'How far it is',
    headLine: (year, done, missing, goal) =>
      `You have completed ${done} in ${year}; ${missing} more will reach the goal of ${goal}.`,
    reached: (year, done) => `You have completed ${done} in ${year} and reached the goal of the year.`,
    closed: 'This year is closed: its figures no longer change.',
    ofGoal: (goal) => `of ${goal}`,
    ofCap: (cap) => `of at most ${cap}`,
    noCap: 'no cap',
    notCounted: (time) => `${time} more lie beyond a limit or cap and are not credited.`,
    how: {
      online: 'Courseware is recorded while you watch; network learning elsewhere can be declared.',
      selfStudy: 'Declare what you studied from paper; it counts once it is approved.',
      offline: 'Enrol in trainings and lectures, which an admin confirms; external training can be declared.',
    },
    go: { online: 'Courseware', selfStudy: 'Declare', offline: 'Trainings' },
    full: {
      online: 'Online learning is full: please supplement with self-study or offline learning.',
      selfStudy: 'Self-study is full: please supplement with offline learning.',
      offline: 'Offline learning is full.',
    },
  },
};
