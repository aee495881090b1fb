import type { MeTexts } from './me.zh-CN.ts';
import { activitiesEn } from './me-activities.en.ts';
import { recordEn } from './me-record.en.ts';
import { trainingsEn } from './me-trainings.en.ts';
import { watchingEn } from './me-watching.en.ts';

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
    offlineNeeded: (time) =>
      `At least ${time} of that must be offline, since online learning and self-study are capped.`,
    closed: 'This year is closed: its figures no longer change.',
    ofGoal: (goal) => `of ${goal}`,
    ofCap: (cap) => `of at most ${cap}`,
    noCap: 'no cap',
    left: (time) => `${time} more can be credited.`,
    notCounted: (time) => `${time} more lie beyond a limit or cap and are not credited.`,
    waiting: (time) => `Awaiting review: ${time}, credited once approved.`,
    how: {
      online: 'Courseware is recorded while you watch; network learning elsewhere can be declared.',
      selfStudy: 'Declare what you studied from paper; it counts once it is approved.',
      offline: 'Enrol in trainings and lectures, which an admin confirms; external training can be declared.',
    },
    go: { online: 'Courseware', selfStudy: 'Declare', offline: 'Trainings' },
    declare: 'Declare',
    full: {
      online: 'Online learning is full: please supplement with self-study or offline learning.',
      selfStudy: 'Self-study is full: please supplement with offline learning.',
      offline: 'Offline learning is full.',
    },
  },

  notices: {
    heading: (count) => `News (${count})`,
    decisions: { approved: 'Approved', confirmed: 'Confirmed', rejected: 'Rejected' },
    counts: (time) => `${time} count`,
    ofDeclared: (time) => ` (of ${time} declared)`,
    reason: (reason) => `Comment: ${reason}`,
    others: (count) => `${count} more`,
    more: (count) => `${count} older ones are under “Declared study” and “Trainings”.`,
    read: 'Mark all as read',
    wasRead: 'All marked as read.',
  },

  ...watchingEn,
  activities: activitiesEn,
  trainings: trainingsEn,
  record: recordEn,
};
