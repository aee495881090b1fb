import type { AdminTexts } from './admin.zh-CN.ts';
import { adminAuditEn } from './admin-audit.en.ts';
import { adminCoursewareEn } from './admin-courseware.en.ts';
import { adminImportsEn } from './admin-imports.en.ts';
import { adminLearnersEn } from './admin-learners.en.ts';
import { adminPolicyEn } from './admin-policy.en.ts';
import { adminYearsEn } from './admin-years.en.ts';

/** What the pages of admins say in English. */
export const adminEn: AdminTexts = {
  search: 'Search',
  all: 'All',
  cancel: 'Back',
  reason: 'Reason',
  reasonHelp: 'Kept in the list of changes.',
  optional: 'optional',
  yes: 'yes',
  no: 'no',
  none: 'none',
  history: 'History',
  when: 'When',
  who: 'Who',
  what: 'Change',
  why: 'Reason',
  refresh: 'Refresh',

  live: {
    at: (time) => `As of ${time}`,
    every: (seconds) => `Updates every ${seconds} seconds`,
    pause: 'Pause updates',
    resume: 'Resume updates',
    away: 'Out of reach for a moment; these are the latest figures.',
  },

  ask: { title: 'Please confirm' },

  conflict: {
    title: 'Somebody else has just changed this',
    text: 'It was changed after you opened the page, so your change is not saved yet. Compare and choose:',
    by: (who, when) => `Changed by ${who} on ${when}`,
    field: 'Item',
    theirs: 'As it is now',
    yours: 'Your change',
    keep: 'Keep it as it is now',
    overwrite: 'Overwrite it with my change',
    inRow: (who, value) => `Not saved: ${who} has just set it to ${value}.`,
    somebody: 'somebody else',
  },

  ...adminCoursewareEn,
  ...adminImportsEn,
  ...adminLearnersEn,
  ...adminYearsEn,
  ...adminAuditEn,
  ...adminPolicyEn,

  health: {
    title: 'Health',
    status: {
      ok: ['All is well', 'Hours are being recorded reliably.'],
      degraded: ['It works, but needs attention', 'Hours are recorded; let your operators have a look soon.'],
      down: [
        'Hours cannot be recorded just now',
        'Tell your operators at once. Once it is back, learning in between is made up for by the rules.',
      ],
    },
    checks: {
      database: ['Database', 'hours are kept here'],
      policy: ['Rules', 'the rules of this process are those in the database'],
      lock: ['Viewing lock', 'keeps a learner to one courseware at a time'],
      clock: ['Clock', 'the machines agree on the time'],
    },
    level: { ok: 'fine', degraded: 'needs attention', down: 'broken' },
    item: 'Check',
    meaning: 'What it is for',
    result: 'Result',
    details: 'technical details',
  },
};
