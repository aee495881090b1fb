import type { Page } from '@watchledger/contract';

/** The items of all pages in their order; a page is asked for when its first item is. */
export async function* itemsOf<Item>(
  pageAfter: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await pageAfter(cursor);
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}
