import type { SignInPagesTexts } from './sign-in.zh-CN.ts';

export const signInPagesEn: SignInPagesTexts = {
  failed: {
    denied: [
      'Sign-in was cancelled',
      'You cancelled on your organisation’s sign-in page, or did not agree there. Nothing was changed; you can sign in at any time.',
    ],
    interrupted: [
      'Sign-in was not finished',
      'Your organisation’s sign-in needs a step from you first, such as your password. Please sign in once more.',
    ],
    unavailable: [
      'Sign-in is out of reach for a moment',
      'It is nothing you did, and will pass. Courseware that you are watching goes on counting, and nothing that was recorded is lost.',
    ],
    misconfigured: [
      'Sign-in is not set up yet',
      'Something is wrong with how this service is connected to your organisation’s sign-in. You cannot mend it: please show this page to an administrator.',
    ],
    distrusted: [
      'The sign-in could not be confirmed',
      'The answer of your organisation’s sign-in did not pass the safety checks, so you were not signed in. Please try again; if it keeps happening, tell an administrator.',
    ],
    expired: [
      'This sign-in is no longer valid',
      'It took too long, or the link was used before. Simply sign in again; it takes a moment.',
    ],
    'unusable-account': [
      'This account cannot be used yet',
      'Your account holds no usable learner id, such as a staff number, so hours cannot be kept in your name. Ask an administrator to complete it, or use another account.',
    ],
    'unusable-institute': [
      'Your institute is not recognised',
      'What your account names as your institute is no valid id. So that you do not see the data of others, you were not signed in. Ask an administrator to correct it, or use another account.',
    ],
  },
  again: 'Sign in again',
  waiting: 'Waiting until sign-in is back; it will then take you there by itself…',
  anotherAccount: 'Sign out and use another account',
  noRole: {
    title: 'Your account has no role yet',
    text: 'You are signed in, but this account has no role in the study record yet, so there is no page that you could open.',
    ask: 'Please send this to your administrator:',
    request: (name, id) =>
      `Please give me a role for the study record in our sign-in. My account: ${name === undefined ? id : `${name} (${id})`}.`,
    roles: ['Role', 'Opens'],
    between: ', ',
    again: 'I have a role now: sign in again',
  },
  leaving: {
    title: 'Signing out',
    text: 'You are signed out here. On to your organisation’s sign-in, to be signed out there as well.',
    go: 'Go on',
  },
  signedOut: {
    title: 'You are signed out',
    text: 'On a shared computer, please close all windows of the browser, too.',
    again: 'Sign in again',
  },
  own: {
    heading: 'Your pages',
    none: 'Your account has no role yet.',
    whatToDo: 'What to do',
    sections: {
      me: 'How much of the year is done and what is missing; declare study, enrol in trainings, print the record.',
      review: 'Review declared hours, and confirm who took part in trainings.',
      overview: 'How the institutes are doing, and who has not reached the goal.',
      admin: 'Courseware, learners, years, changes and health.',
    },
  },
};
