import type { Training } from '@watchledger/contract';
import type { Tone } from '../../parts/tag.tsx';

/** How a training stands for the learner who looks at it. */
export type Standing = 'open' | 'full' | 'not-yet' | 'closed' | 'enrolled' | 'confirmed' | 'rejected';

/** @param now milliseconds since 1970 */
export function standingOf(training: Training, now: number): Standing {
  const { myState, capacity, enrolled, enrolFrom } = training;
  if (myState !== null && myState !== 'cancelled') return myState;
  if (enrolFrom !== null && Date.parse(enrolFrom) > now) return 'not-yet';
  if (!isWindowOpen(training, now)) return 'closed';
  return capacity !== null && enrolled >= capacity ? 'full' : 'open';
}

/** Whether one could enrol now if there were a place: whoever cancels leaves one. */
export function isWindowOpen({ enrolFrom, enrolUntil, endsAt }: Training, now: number): boolean {
  return (enrolFrom === null || Date.parse(enrolFrom) <= now) && now <= Date.parse(enrolUntil ?? endsAt);
}

export const tones: Readonly<Record<Standing, Tone>> = {
  open: 'good',
  full: 'waiting',
  'not-yet': 'waiting',
  closed: 'waiting',
  enrolled: 'warn',
  confirmed: 'good',
  rejected: 'bad',
};
