import type { ActivityDetails } from '@watchledger/contract';
import { type Person, peopleOf } from '../../people/people.ts';
import type { Visit } from '../../site/site.tsx';
import { unlessGone } from '../../site/unless-gone.ts';

/** One declared activity at the version that the reviewer is shown. */
export interface QueueRow {
  readonly activity: ActivityDetails;
  readonly etag: string;
  readonly person: Person;
  readonly isOwn: boolean;
}

/** Activities with their learners, and what else may be the same event, in the order of these ids; but for those gone. */
export async function queueRows(visit: Visit, ids: readonly string[]): Promise<QueueRow[]> {
  const asked = ids.map((id) => unlessGone(visit.ask.tagged<ActivityDetails>({ path: ['activities', id] })));
  const tagged = (await Promise.all(asked)).filter((found) => found !== null);
  const personOf = await peopleOf(
    visit,
    tagged.map(({ body }) => body.learnerId),
  );
  return tagged.map(({ body: activity, etag }) => ({
    activity,
    etag,
    person: personOf(activity.learnerId),
    isOwn: activity.learnerId === visit.who.sub,
  }));
}

/** Whether its learner changed it after handing it in. */
export const isChanged = ({ state, submittedAt, updatedAt }: ActivityDetails): boolean =>
  state === 'submitted' && submittedAt !== updatedAt;
