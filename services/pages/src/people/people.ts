import type { LearnersPage, Organisation } from '@watchledger/contract';
import type { Page } from '../layout/page.ts';
import { allOf } from '../parts/all-of.ts';
import type { Ask } from '../site/ask.ts';

/** A learner as others know them. */
export interface Person {
  readonly learnerId: string;
  /** Their id where the roster has no name. */
  readonly name: string;
  readonly institute: string;
}

/** Names and institutes of these learners; whoever is not on the roster goes by their id. */
export async function peopleOf(
  { ask, page }: { readonly ask: Ask; readonly page: Page },
  learnerIds: readonly string[],
): Promise<(learnerId: string) => Person> {
  const ids = [...new Set(learnerIds)];
  const [learners, institutes] =
    ids.length === 0 ? [[], []] : await Promise.all([named(ask, ids), institutesOf(ask)]);
  const { headquarters, notRostered } = page.texts.people;
  const known = new Map(learners.map((learner) => [learner.learnerId, learner]));
  const names = new Map(institutes.map(({ organisationId, name }) => [organisationId, name]));
  return (learnerId) => {
    const learner = known.get(learnerId);
    const { name = null, organisationId = null, rosteredAt = null } = learner ?? {};
    const institute = organisationId === null ? headquarters : (names.get(organisationId) ?? organisationId);
    return { learnerId, name: name ?? learnerId, institute: rosteredAt === null ? notRostered : institute };
  };
}

async function named(ask: Ask, ids: readonly string[]) {
  const { items } = await ask.json<LearnersPage>({
    path: ['learners'],
    query: { learnerId: ids, limit: 200 },
  });
  return items;
}

/** All institutes, in the order of their ids. */
export const institutesOf = (ask: Ask): Promise<Organisation[]> =>
  allOf(ask.items<Organisation>({ path: ['organisations'] }));
