import type { ActivitiesPage } from '@watchledger/contract';
import { peopleOf } from '../../people/people.ts';
import type { Site } from '../../site/site.tsx';
import { HistoryPage, historySearch } from './history-page.tsx';

const onOnePage = 20;

/** What was decided. */
export function historyRoutes(site: Site): void {
  site.show('/review/history', 'review', async (visit) => {
    const { page, ask, who } = visit;
    const search = historySearch(page.query);
    const { items, nextCursor } = await ask.json<ActivitiesPage>({
      path: ['activities'],
      query: {
        order: 'decided',
        limit: onOnePage,
        decidedBy: search.everybody ? undefined : who.sub,
        state: search.state,
        query: search.query,
        cursor: page.query.get('cursor') ?? undefined,
      },
    });
    const personOf = await peopleOf(
      visit,
      items.map(({ learnerId }) => learnerId),
    );
    return <HistoryPage {...{ page, items, nextCursor, search, personOf }} />;
  });
}
