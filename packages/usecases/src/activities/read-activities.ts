import type { ActivitiesPage, ActivityDetails, ActivityState } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { cursorOf, isRecordId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ActivitiesContext } from './context.ts';
import { activityNotFound } from './refusals.ts';
import { activityShape, taggedActivity } from './shape.ts';
import { similarShape } from './similar.ts';

/** Who reads activities: a learner their own, a reviewer those of their institute (null: everybody's). */
export type ActivityReader =
  | { readonly as: 'learner'; readonly learnerId: string }
  | {
      readonly as: 'reviewer';
      readonly organisationId: string | null;
      /** The reviewer as a learner, who sees all of their own; absent or null: they are none. */
      readonly self?: string | null;
    };

/** How a reader stands to what belongs to this learner. */
export function readerOf(reader: ActivityReader, learnerId: string | undefined): ActivityReader {
  const isOwn = reader.as === 'reviewer' && reader.self != null && reader.self === learnerId;
  return isOwn ? { as: 'learner', learnerId: reader.self } : reader;
}

/**
 * One activity; a reviewer is shown what may be the same event (T20).
 * @throws Problem `activity-not-found`, `unavailable`
 */
export async function getActivity(
  { activities }: Pick<ActivitiesContext, 'activities'>,
  { id, reader: given }: { readonly id: string; readonly reader: ActivityReader },
): Promise<{ readonly activity: ActivityDetails; readonly etag: string }> {
  return whileStoresAnswer(async () => {
    const found = await activities.activity(id);
    if (found === null) throw activityNotFound(id);
    const { activity, organisationId } = found;
    const reader = readerOf(given, activity.learnerId);
    if (reader.as === 'learner') {
      if (activity.learnerId !== reader.learnerId) throw activityNotFound(id);
      return taggedActivity(activity);
    }
    const isTheirs = reader.organisationId === null || reader.organisationId === organisationId;
    if (!isTheirs || activity.state === 'draft') throw activityNotFound(id);
    const event = { ...activity, what: 'activity', id } as const;
    const others = await activities.similar(event, [activity.learnerId]);
    const similar = others.map((other) => similarShape(event, other));
    const tagged = taggedActivity(activity);
    return { ...tagged, activity: { ...tagged.activity, similar } };
  });
}

export interface ListActivitiesInput {
  readonly reader: ActivityReader;
  readonly state?: ActivityState | undefined;
  readonly learnerId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('activities', isRecordId);

/** Activities in the order in which they were declared. */
export async function listActivities(
  { activities }: Pick<ActivitiesContext, 'activities'>,
  { reader: given, state, learnerId, limit, cursor }: ListActivitiesInput,
): Promise<ActivitiesPage> {
  const reader = readerOf(given, learnerId);
  const [after = null] = cursors.decode(cursor) ?? [];
  if (reader.as === 'learner' && learnerId !== undefined && learnerId !== reader.learnerId)
    return { items: [], nextCursor: null };
  const of = reader.as === 'learner' ? reader.learnerId : (learnerId ?? null);
  const found = await whileStoresAnswer(() =>
    activities.list({
      state: state ?? null,
      learnerId: of as LearnerId | null,
      organisationId: reader.as === 'learner' ? null : reader.organisationId,
      drafts: reader.as === 'learner',
      after,
      limit: limit + 1,
    }),
  );
  return pageOf(found, limit, activityShape, (last) => cursors.encode([last.activityId]));
}
