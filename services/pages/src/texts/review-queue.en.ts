import { counted } from './counted.ts';
import type { ReviewQueueTexts } from './review-queue.zh-CN.ts';

/** What waits for a decision, one by one or many at once. */
export const reviewQueueEn: ReviewQueueTexts = {
  queue: {
    title: 'Declared study to review',
    lead: 'The oldest come first. Open one to see its evidence beside the decision, or choose several and approve them together.',
    count: (count, more) => (more ? `more than ${count} to review` : `${count} to review`),
    search: 'Learner or title',
    searchHelp: 'Part of a name, an id or a title',
    category: 'Category',
    institute: 'Institute',
    choose: 'Choose',
    chooseOf: (title, who) => `Choose “${title}” of ${who}`,
    chooseAll: 'Choose all on this page',
    who: 'Learner',
    what: 'What',
    when: 'Days',
    hours: 'Declared',
    check: 'Mind',
    similar: (count) => `${count} similar`,
    changed: 'changed since submitted',
    own: 'your own',
    approve: 'Approve chosen…',
    none: 'Choose first what to approve.',
    emptyTitle: 'All reviewed',
    empty: 'Nothing awaits a decision. What is submitted next will be here.',
    emptyFiltered: 'Nothing that awaits a decision matches.',
  },

  bulk: {
    title: (count) => `Approve ${counted(count, 'activity', 'activities')} together?`,
    lead: (hours) =>
      `Each with all its declared hours, ${hours} altogether. Please be sure to have seen the evidence; each can still be corrected afterwards.`,
    confirm: (count) => `Approve ${count}`,
    cancel: 'Do not approve',
    open: 'See evidence',
    done: (count, hours) => `Approved ${counted(count, 'activity', 'activities')}, ${hours} altogether.`,
    partTitle: 'Only some were approved',
    noneTitle: 'None was approved',
    part: (done, left) => `${done} approved, ${left} not approved, for these reasons.`,
    approved: 'Approved',
    notApproved: 'Not approved',
    outcome: 'Outcome',
    toQueue: 'Back to the queue',
    refusals: {
      decided: (who, what) => `${who} has decided since you looked: ${what}`,
      amended: 'Its learner has changed it since you looked. Please look again.',
      withdrawn: 'Its learner has withdrawn it.',
      own: 'It is your own: somebody else must decide.',
      'year-closed': 'Its year is closed.',
      gone: 'It can no longer be found.',
      other: 'The service did not accept it. Please open it.',
      unanswered: 'The service did not answer, so it may be approved or not. Please open it later.',
      untried: 'The service did not answer, so this was left as it is. Please try again later.',
    },
  },
};
