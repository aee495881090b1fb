import { Problem } from '@watchledger/contract';
import { type DayNumber, type Milliseconds, wholeSeconds, yearOf } from '@watchledger/rules';

export const activityNotFound = (id: string): Problem =>
  new Problem('activity-not-found', `There is no activity "${id}" that you may see.`);

export const activityChanged = (id: string): Problem =>
  new Problem('precondition-failed', `The activity "${id}" is not at the version that If-Match names.`);

export const yearClosed = (day: DayNumber): Problem =>
  new Problem('year-closed', `The year ${yearOf(day)} is closed: nothing may be dated in it any more.`);

/** One member of the request is at fault. */
export const memberAtFault = (path: string, message: string): Problem =>
  new Problem('invalid-request', `${path} ${message}.`, { errors: [{ path, message }] });

export const ownActivity = (): Problem =>
  new Problem('forbidden', 'Nobody reviews their own activities (R10).');

export const withdrawnActivity = (): Problem => new Problem('not-reviewable', 'It was withdrawn.');

export const moreThanDeclared = (declaredMs: Milliseconds): Problem =>
  memberAtFault(
    '/grantedSeconds',
    `must be at most the ${wholeSeconds(declaredMs)} seconds that were declared`,
  );

export const unknownFile = (fileId: string): Problem =>
  memberAtFault('/evidence', `names a file that you have not uploaded: ${fileId}`);
