import { Problem } from '@watchledger/contract';

export const coursewareNotFound = (id: string): Problem =>
  new Problem('courseware-not-found', `There is no courseware "${id}".`);

export const thereAlready = (id: string): Problem =>
  new Problem('precondition-failed', `There is a courseware "${id}" already.`);

export const changedMeanwhile = (id: string): Problem =>
  new Problem('precondition-failed', `The courseware "${id}" is not at the version that If-Match names.`);
