import type { Page } from '@watchledger/contract';

/** One page out of up to `limit + 1` items: the one too many only tells that there is a next page. */
export function pageOf<Stored, Item>(
  stored: readonly Stored[],
  limit: number,
  item: (stored: Stored) => Item,
  cursor: (last: Stored) => string,
): Page<Item> {
  const shown = stored.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    nextCursor: stored.length > limit && last !== undefined ? cursor(last) : null,
  };
}
