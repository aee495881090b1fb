import type { Page } from '../layout/page.ts';

/**
 * Onward through a list, and back to its beginning. Lists are read forward by cursor, so that their thousandth page
 * is as quick as the first.
 */
export function Pager({ page, nextCursor }: { page: Page; nextCursor: string | null | undefined }) {
  const at = (cursor: string | null) => {
    const query = new URLSearchParams(page.query);
    if (cursor === null) query.delete('cursor');
    else query.set('cursor', cursor);
    return query.size === 0 ? page.path : `${page.path}?${query}`;
  };
  const begun = page.query.has('cursor');
  if (!begun && !nextCursor) return null;
  const { pager } = page.texts;
  return (
    <nav class="pages" aria-label={pager.label}>
      {begun && (
        <a class="button second" href={at(null)}>
          {pager.first}
        </a>
      )}
      {nextCursor && (
        <a class="button second" rel="next" href={at(nextCursor)}>
          {pager.next}
        </a>
      )}
    </nav>
  );
}
