/** Those filters of the guide that are asked for less often, by the name of their field. */
export const moreFilters = ['query', 'category', 'source', 'type', 'when'] as const;

/**
 * What the API is asked for by the filters of a page's address; unknown words ask for nothing.
 * @param today `YYYY-MM-DD`
 */
export function searchIn(query: URLSearchParams, today: string): Record<string, string | undefined> {
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const among = (name: string, words: readonly string[]) => words.find((word) => word === query.get(name));
  return {
    query: text('query')?.slice(0, 200),
    kind: among('kind', ['training', 'academic-report']),
    category: text('category')?.slice(0, 100),
    source: among('source', ['own', 'other']),
    type: text('type')?.slice(0, 100),
    open: query.get('open') === 'true' ? 'true' : undefined,
    ...daysOf(query.get('when'), today),
  };
}

function daysOf(when: string | null, today: string): { from?: string; to?: string } {
  const year = Number(today.slice(0, 4));
  if (when === 'upcoming') return { from: today };
  if (when === 'this-year') return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (when === 'last-year') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  return {};
}
