import type { Activity } from '@watchledger/contract';
import type { Page } from '../layout/page.ts';
import type { Tone } from '../parts/tag.tsx';

/** What was decided, with the hours: `已批准 2小时`. */
export function decisionOf(page: Page, { state, grantedSeconds }: Activity): string {
  const { activity, states } = page.texts.review;
  const hours = grantedSeconds === null ? null : page.format.exactDuration(grantedSeconds);
  return activity.decision(states[state], hours);
}

export const toneOf: Readonly<Record<Activity['state'], Tone>> = {
  draft: 'waiting',
  submitted: 'waiting',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'waiting',
};

/** A title as a notice can carry it. */
export const short = (title: string): string => (title.length > 60 ? `${title.slice(0, 60)}…` : title);
