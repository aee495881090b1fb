import { Problem, type ReviewActivity } from '@watchledger/contract';
import { milliseconds } from '@watchledger/rules';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import type { Officer } from '../access/reviewer.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ActivitiesContext } from './context.ts';
import {
  activityChanged,
  activityNotFound,
  moreThanDeclared,
  ownActivity,
  withdrawnActivity,
} from './refusals.ts';
import { activityShape, type TaggedActivity, taggedActivity } from './shape.ts';

export interface ReviewActivityInput extends Officer {
  readonly id: string;
  readonly review: ReviewActivity;
  readonly ifMatch?: IfMatch | undefined;
}

/**
 * A reviewer approves, approves fewer hours, or rejects (R10); deciding again is a correction.
 * @throws Problem `activity-not-found`, `already-decided`, `forbidden`, `invalid-request`, `not-reviewable`,
 * `precondition-failed`, `precondition-required`, `year-closed`, `unavailable`
 */
export async function reviewActivity(
  context: Pick<ActivitiesContext, 'activities' | 'policyInForce' | 'now'>,
  { actor, organisationId, id, review, ifMatch }: ReviewActivityInput,
): Promise<TaggedActivity> {
  const { decision, grantedSeconds, comment } = review;
  await context.policyInForce.demand();
  const done = await whileStoresAnswer(() =>
    context.activities.review(id, {
      decision,
      grantedMs: grantedSeconds == null ? null : milliseconds(grantedSeconds * 1_000),
      comment: comment ?? null,
      by: { actor, at: context.now(), reason: comment ?? null },
      expected: expectedVersion(ifMatch),
      organisationId,
    }),
  );
  switch (done.outcome) {
    case 'reviewed':
      return taggedActivity(done.activity);
    case 'unknown':
      throw activityNotFound(id);
    case 'own':
      throw ownActivity();
    case 'conflict':
      throw activityChanged(id);
    case 'amended':
      throw new Problem('precondition-required', 'Its learner has changed it since it was submitted.');
    case 'not-reviewable':
      throw withdrawnActivity();
    case 'decided':
      throw new Problem('already-decided', `"${done.activity.decidedBy}" has decided about it.`, {
        activity: activityShape(done.activity),
      });
    case 'more-than-declared':
      throw moreThanDeclared(done.declaredMs);
    case 'year-closed':
      throw new Problem('year-closed', 'Its year is closed: no decision may be dated in it.');
  }
}
