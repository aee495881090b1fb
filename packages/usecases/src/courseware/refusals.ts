import { Problem } from '@watchledger/contract';

export const coursewareNotFound = (id: string): Problem =>
  new Problem('courseware-not-found', `There is no courseware "${id}".`);

export const changedMeanwhile = (id: string): Problem =>
  new Problem('precondition-failed', `The courseware "${id}" is not at the version that If-Match names.`);
