import type { Credits } from '@watchledger/contract';
import type { Site } from '../site/site.tsx';
import { YearPage } from './year-page.tsx';

/** The pages of a learner. */
export function learnerPages(site: Site): void {
  site.show('/me', 'watch', async ({ page, who, ask }) => {
    const year = page.query.get('year') ?? undefined;
    const credits = await ask.json<Credits>({ path: ['learners', who.sub, 'credits'], query: { year } });
    return <YearPage page={page} credits={credits} />;
  });
}
