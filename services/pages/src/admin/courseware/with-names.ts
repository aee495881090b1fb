import type { Preview } from '@watchledger/contract';
import { type Person, peopleOf } from '../../people/people.ts';
import { may } from '../../site/roles.ts';
import type { Visit } from '../../site/site.tsx';
import type { NamedPreview } from './preview-table.tsx';

/** A preview with the names of those whom it lists, for who may read the roster. */
export async function withNames(visit: Visit, preview: Preview): Promise<NamedPreview> {
  const learnerIds = preview.items.map(({ learnerId }) => learnerId);
  return { ...preview, personOf: may(visit.who, 'review') ? await peopleOf(visit, learnerIds) : byId };
}

const byId = (learnerId: string): Person => ({ learnerId, name: learnerId, institute: '' });
