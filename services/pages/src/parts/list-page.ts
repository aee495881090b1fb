/** A page of a list that is there as a whole; its cursor says how many are before it. */
export function listPage<Item>(
  all: readonly Item[],
  cursor: string | null,
  size: number,
): { readonly items: readonly Item[]; readonly nextCursor: string | null } {
  const from = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const next = from + size;
  return { items: all.slice(from, next), nextCursor: next < all.length ? String(next) : null };
}
