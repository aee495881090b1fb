import type { ReviewTexts } from './review.zh-CN.ts';
import { reviewActivityEn } from './review-activity.en.ts';
import { reviewQueueEn } from './review-queue.en.ts';
import { reviewTrainingsEn } from './review-trainings.en.ts';

/** What the reviewer's desk says in English. */
export const reviewEn: ReviewTexts = {
  categories: { online: 'External network learning', 'self-study': 'Self-study', offline: 'Offline' },
  kinds: {
    training: 'External training',
    'overseas-training': 'Training abroad',
    'study-abroad': 'Study abroad',
  },
  states: {
    draft: 'Draft',
    submitted: 'To review',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
  },
  all: 'All',
  filter: 'Filter',
  clear: 'Clear filters',
  back: 'Back',
  between: '; ',

  ...reviewQueueEn,
  ...reviewActivityEn,

  keys: {
    button: 'Keyboard shortcuts',
    title: 'Keyboard shortcuts',
    lead: 'They do nothing while you type in a field.',
    on: 'Use single-key shortcuts',
    close: 'Close',
    list: [
      ['j', 'next'],
      ['k', 'previous'],
      ['Enter', 'open'],
      ['x', 'choose (in the list)'],
      ['a', 'approve: opens and selects it, Enter decides'],
      ['r', 'reject: opens and goes to the reasons'],
      ['u', 'back to the list'],
      ['?', 'show this help'],
    ],
  },

  history: {
    title: 'Decisions',
    lead: 'The latest come first. Every decision can be corrected.',
    mine: 'Mine',
    everybody: 'Of all reviewers',
    by: 'Reviewer',
    state: 'Decision',
    when: 'Decided',
    search: 'Learner or title',
    who: 'Learner',
    what: 'What',
    hours: 'Declared → approved',
    comment: 'Comment',
    correct: 'Correct',
    correctOf: (title, who) => `Correct “${title}” of ${who}`,
    emptyTitle: 'Nothing decided yet',
    empty: 'What is decided will be listed here.',
    emptyFiltered: 'No decision matches.',
  },

  ...reviewTrainingsEn,
};
