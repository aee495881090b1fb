import { type Enrolment, type EnrolmentsPage, Problem } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { cursorOf, isTrainingId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { TrainingsContext } from './context.ts';
import { trainingNotFound } from './refusals.ts';
import { enrolmentShape } from './shape.ts';

interface OwnEnrolment {
  readonly id: string;
  readonly learnerId: string;
}

/**
 * A learner enrols, also after the event while the window is open (R11); enrolling again changes nothing.
 * @throws Problem `training-not-found`, `enrolment-closed`, `training-full`, `already-reviewed`, `unavailable`
 */
export async function enrol(
  { enrolments, policyInForce, now }: TrainingsContext,
  { id, learnerId }: OwnEnrolment,
): Promise<{ readonly enrolment: Enrolment; readonly created: boolean }> {
  await policyInForce.demand();
  const done = await whileStoresAnswer(() => enrolments.enrol(id, learnerId as LearnerId, now()));
  switch (done.outcome) {
    case 'unknown':
      throw trainingNotFound(id);
    case 'not-open':
      throw new Problem('enrolment-closed', 'One cannot enrol in this training now.');
    case 'full':
      throw new Problem('training-full', 'All places of this training are taken.');
    case 'rejected':
      throw new Problem('already-reviewed', 'A reviewer has rejected your enrolment in this training.');
    default:
      return { enrolment: enrolmentShape(done.enrolment), created: done.outcome === 'enrolled' };
  }
}

/**
 * Takes one's enrolment back, until somebody has decided about it.
 * @throws Problem `enrolment-not-found`, `already-reviewed`, `unavailable`
 */
export async function cancelEnrolment(
  { enrolments, now }: TrainingsContext,
  { id, learnerId }: OwnEnrolment,
): Promise<void> {
  const outcome = await whileStoresAnswer(() => enrolments.cancel(id, learnerId as LearnerId, now()));
  if (outcome === 'unknown') throw notEnrolled(id);
  if (outcome === 'decided')
    throw new Problem('already-reviewed', 'A reviewer has decided about your enrolment.');
}

/**
 * A confirmed participant rates a training from 1 to 5.
 * @throws Problem `enrolment-not-found`, `not-confirmed`, `unavailable`
 */
export async function rateTraining(
  { enrolments, now }: TrainingsContext,
  { id, learnerId, rating }: OwnEnrolment & { readonly rating: number },
): Promise<void> {
  const outcome = await whileStoresAnswer(() => enrolments.rate(id, learnerId as LearnerId, rating, now()));
  if (outcome === 'unknown') throw notEnrolled(id);
  if (outcome === 'not-confirmed')
    throw new Problem('not-confirmed', 'Your participation in this training is not confirmed.');
}

export interface EnrolmentsOfLearner {
  readonly learnerId: string;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('enrolments-of-learner', isTrainingId);

/** A learner's enrolments, in the order of training ids. */
export async function enrolmentsOfLearner(
  { enrolments }: TrainingsContext,
  { learnerId, limit, cursor }: EnrolmentsOfLearner,
): Promise<EnrolmentsPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  const found = await whileStoresAnswer(() => enrolments.ofLearner(learnerId as LearnerId, after, limit + 1));
  return pageOf(found, limit, enrolmentShape, (last) => cursors.encode([last.training.trainingId]));
}

const notEnrolled = (id: string): Problem =>
  new Problem('enrolment-not-found', `You are not enrolled in the training "${id}".`);
