import type { Me } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { PeopleContext } from './context.ts';

/**
 * What the roster says of who asks, with the name of their institute; nulls where it says nothing.
 * @throws Problem `unavailable`
 */
export async function me(
  { people }: PeopleContext,
  { learnerId }: { readonly learnerId: string },
): Promise<Me> {
  return whileStoresAnswer(async () => {
    const learner = await people.learner(learnerId as LearnerId);
    const organisationId = learner?.organisationId ?? null;
    const organisation = organisationId === null ? null : await people.organisation(organisationId);
    const organisationName = organisation?.name ?? null;
    return { learnerId, name: learner?.name ?? null, organisationId, organisationName };
  });
}
