import { type ActivitiesPage, type Activity, Category } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';

/** What of the queue a reviewer looks at. */
export interface QueueSearch {
  readonly category: Category | undefined;
  readonly query: string | undefined;
  readonly organisationId: string | undefined;
  readonly cursor: string | undefined;
}

/** Read from an address; what it does not know is left out. */
export function queueSearch(query: URLSearchParams): QueueSearch {
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const category = Category.safeParse(text('category'));
  return {
    category: category.success ? category.data : undefined,
    query: text('query'),
    organisationId: text('organisationId'),
    cursor: text('cursor'),
  };
}

export const isFiltered = ({ category, query, organisationId }: QueueSearch): boolean =>
  category !== undefined || query !== undefined || organisationId !== undefined;

/** A path that keeps in mind what the reviewer looks at. */
export function withSearch(
  path: string,
  search: QueueSearch,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...more }))
    if (value !== undefined) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}

export const queuePage = (ask: Ask, search: QueueSearch, limit: number): Promise<ActivitiesPage> =>
  ask.json<ActivitiesPage>({ path: ['activities'], query: { ...search, state: 'submitted', limit } });

/** As many of those that wait are counted. */
const mostCounted = 200;

export interface Waiting {
  readonly count: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
  /** What to look at after an activity; null: nothing that this reviewer may decide. */
  readonly next: string | null;
}

/** What waits beside an activity, and what comes after it in the queue; a reviewer's own is for others. */
export async function waiting(
  ask: Ask,
  search: QueueSearch,
  { reviewer, after }: { readonly reviewer: string; readonly after: string | null },
): Promise<Waiting> {
  const { items, nextCursor } = await queuePage(ask, search, mostCounted);
  const others = items.filter(({ activityId }) => activityId !== after);
  const theirs = others.filter(({ learnerId }) => learnerId !== reviewer);
  const isLater = ({ activityId }: Activity) => after !== null && activityId > after;
  const next = theirs.find(isLater) ?? theirs[0];
  if (next === undefined && search.cursor !== undefined)
    return waiting(ask, { ...search, cursor: undefined }, { reviewer, after });
  return { count: others.length, more: nextCursor !== null, next: next?.activityId ?? null };
}
