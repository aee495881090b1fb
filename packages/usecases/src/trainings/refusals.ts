import { Problem } from '@watchledger/contract';

export const trainingNotFound = (id: string): Problem =>
  new Problem('training-not-found', `There is no training "${id}".`);

export const notTheirs = (id: string): Problem =>
  new Problem('forbidden', `The training "${id}" is held by another institute.`);

export const ownHours = (): Problem =>
  new Problem('forbidden', 'You are confirmed in this training: somebody else must change its hours.');

export const notOver = (): Problem =>
  new Problem('training-not-over', 'Attendance counts once the event is over.');

export const trainingYearClosed = (): Problem =>
  new Problem('year-closed', 'The training ends in a closed year: nothing may be dated in it any more.');
