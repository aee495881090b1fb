import { Problem } from '@watchledger/contract';
import type { AllowedCourseware } from '../viewing/context.ts';

export const coursewareNotFound = (id: string): Problem =>
  new Problem('courseware-not-found', `There is no courseware "${id}".`);

export const changedMeanwhile = (id: string): Problem =>
  new Problem('precondition-failed', `The courseware "${id}" is not at the version that If-Match names.`);

/** Refuses courseware that the token is not bound to, whether it exists or not (T21). */
export function demandAllowed(id: string, allowed: AllowedCourseware): void {
  if (allowed !== null && !allowed.has(id))
    throw new Problem('forbidden', 'This token serves other courseware.');
}
