import type { ActivitiesPage, ActivityDetails, ActivityState, Category } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { cursorOf, isMomentAndRecordId, isRecordId } from '../paging/cursor.ts';
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
  readonly category?: Category | undefined;
  /** Of the roster of this institute. */
  readonly organisationId?: string | undefined;
  /** Part of the title, or of the learner's name or id. */
  readonly query?: string | undefined;
  readonly decidedBy?: string | undefined;
  /** `decided`: only what was decided, the latest decision first. */
  readonly order?: 'declared' | 'decided' | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const declaredCursors = cursorOf('activities', isRecordId);
const decidedCursors = cursorOf('decided-activities', isMomentAndRecordId);

/** Activities in the order in which they were declared, or decided. */
export async function listActivities(
  { activities }: Pick<ActivitiesContext, 'activities'>,
  { reader: given, order, limit, cursor, ...input }: ListActivitiesInput,
): Promise<ActivitiesPage> {
  const { learnerId } = input;
  const reader = readerOf(given, learnerId);
  if (reader.as === 'learner' && learnerId !== undefined && learnerId !== reader.learnerId)
    return { items: [], nextCursor: null };
  const of = reader.as === 'learner' ? reader.learnerId : (learnerId ?? null);
  const theirs = reader.as === 'learner' ? null : reader.organisationId;
  const search = {
    state: input.state ?? null,
    learnerId: of as LearnerId | null,
    category: input.category ?? null,
    query: input.query ?? null,
    decidedBy: input.decidedBy ?? null,
    organisationIds: [theirs, input.organisationId].filter((id) => id != null),
    drafts: reader.as === 'learner',
    limit: limit + 1,
  };
  if (order === 'decided') {
    const [decidedAt, activityId] = decidedCursors.decode(cursor) ?? [];
    const after = decidedAt === undefined || activityId === undefined ? null : { decidedAt, activityId };
    const found = await whileStoresAnswer(() => activities.decided({ ...search, after }));
    return pageOf(found, limit, activityShape, ({ decidedAt, activityId }) =>
      decidedCursors.encode([decidedAt ?? 0, activityId]),
    );
  }
  const [after = null] = declaredCursors.decode(cursor) ?? [];
  const found = await whileStoresAnswer(() => activities.list({ ...search, after }));
  return pageOf(found, limit, activityShape, (last) => declaredCursors.encode([last.activityId]));
}
