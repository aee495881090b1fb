import type { Requests } from '@watchledger/client';

/**
 * The items of all pages of a list, or as many of them as a person can look at.
 * @example await allOf(ask.items<Activity>({ path: ['activities'] }))
 */
export async function allOf<Item>(items: ReturnType<Requests['items']>, most = 5_000): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) {
    all.push(item as Item);
    if (all.length === most) break;
  }
  return all;
}
