import { institutesOf } from '../../people/people.ts';
import type { Site } from '../../site/site.tsx';
import { approveAll } from './bulk.ts';
import { BulkOutcomePage, BulkPage, sumOf } from './bulk-page.tsx';
import { chosenFrom } from './chosen.ts';
import { QueuePage } from './queue-page.tsx';
import { queueRows } from './rows.ts';
import { queuePage, queueSearch, waiting, withSearch } from './search.ts';

const onOnePage = 20;

/** The queue, and several of it approved together. */
export function queueRoutes(site: Site): void {
  site.show('/review', 'review', async (visit) => {
    const { page, ask, who } = visit;
    const search = queueSearch(page.query);
    const [{ items, nextCursor }, count, institutes] = await Promise.all([
      queuePage(ask, search, onOnePage),
      search.cursor === undefined ? waiting(ask, search, { reviewer: who.sub, after: null }) : null,
      who.org === undefined ? institutesOf(ask) : [],
    ]);
    const rows = await queueRows(
      visit,
      items.map(({ activityId }) => activityId),
    );
    return <QueuePage {...{ page, rows, search, count, nextCursor, institutes }} />;
  });

  site.take('/review/approve', 'review', async ({ form, ...visit }) => {
    const { page } = visit;
    const search = queueSearch(page.query);
    const chosen = chosenFrom(form.all('chosen'));
    if (chosen.length === 0) {
      const text = page.texts.review.queue.none;
      return visit.goTo(withSearch('/review', search), { kind: 'bad', text });
    }
    const rows = await queueRows(
      visit,
      chosen.map(({ activityId }) => activityId),
    );
    if (!form.has('confirmed')) {
      const seen = new Map(chosen.map(({ activityId, etag }) => [activityId, etag]));
      const asSeen = rows.map((row) => ({ ...row, etag: seen.get(row.activity.activityId) ?? row.etag }));
      return <BulkPage page={page} rows={asSeen} search={search} />;
    }
    const outcomes = await approveAll(visit, chosen);
    if (outcomes.some(({ done }) => !done)) return <BulkOutcomePage {...{ page, rows, search, outcomes }} />;
    const hours = page.format.exactDuration(sumOf(rows));
    const text = page.texts.review.bulk.done(outcomes.length, hours);
    const link = { path: '/review/history', label: page.texts.places.history };
    return visit.goTo(withSearch('/review', search), { kind: 'good', text, link });
  });
}
