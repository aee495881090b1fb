import { type TrainingsPage as Found, TrainingKind } from '@watchledger/contract';
import type { Site } from '../../../site/site.tsx';
import { TrainingsPage } from './trainings-page.tsx';

const onOnePage = 20;

/** Trainings to confirm. */
export function listRoutes(site: Site): void {
  site.show('/review/trainings', 'review', async ({ page, ask }) => {
    const text = (name: string) => page.query.get(name)?.trim() || undefined;
    const kind = TrainingKind.safeParse(text('kind'));
    const search = {
      query: text('query'),
      kind: kind.success ? kind.data : undefined,
      from: text('from'),
      to: text('to'),
      source: text('source') === 'all' ? undefined : ('own' as const),
    };
    const { items, nextCursor } = await ask.json<Found>({
      path: ['trainings'],
      query: { ...search, limit: onOnePage, cursor: text('cursor') },
    });
    return <TrainingsPage {...{ page, items, nextCursor, search }} />;
  });
}
