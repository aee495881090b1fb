import { type DeclareActivity, Problem } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { v7 as uuidv7 } from 'uuid';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ActivitiesContext } from './context.ts';
import { memberAtFault, unknownFile, yearClosed } from './refusals.ts';
import { storedFields, type TaggedActivity, taggedActivity } from './shape.ts';

export interface DeclareActivityInput {
  readonly learnerId: string;
  readonly declared: DeclareActivity;
  /** Kept from the reviewers until it is submitted. */
  readonly draft: boolean;
  /** Names the request: sent again with it, nothing is declared twice. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * A learner declares external training, self-study or external network learning (R10).
 * @throws Problem `invalid-request`, `idempotency-conflict`, `year-closed`, `unavailable`
 */
export async function declareActivity(
  context: ActivitiesContext,
  { learnerId, declared, draft, idempotencyKey }: DeclareActivityInput,
): Promise<TaggedActivity> {
  const fields = storedFields(declared);
  const at = context.now();
  if (!draft && fields.toDay > context.calendar.dayOf(at))
    throw memberAtFault('/to', 'is in the future: declare it when it is over, or keep it as a draft');
  await context.policyInForce.demand();
  const reference = idempotencyKey === undefined ? null : `key:${idempotencyKey}`;
  const done = await whileStoresAnswer(() =>
    context.activities.declare({
      activityId: uuidv7(),
      learnerId: learnerId as LearnerId,
      fields,
      draft,
      reference,
      at,
    }),
  );
  switch (done.outcome) {
    case 'other-content':
      throw new Problem('idempotency-conflict', 'Another activity was declared with this Idempotency-Key.');
    case 'year-closed':
      throw yearClosed(fields.toDay);
    case 'unknown-file':
      throw unknownFile(done.fileId);
    default:
      return taggedActivity(done.activity);
  }
}
