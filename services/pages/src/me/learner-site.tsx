import type { NoticesPage } from '@watchledger/contract';
import { type Calendar, formatDay, type Instant } from '@watchledger/rules';
import type { Child } from 'hono/jsx';
import type { Allowed } from '../layout/page-headers.ts';
import type { SentForm, Site, Visit } from '../site/site.tsx';

/** What a learner's pages know beside their visit. */
interface Learner {
  /** The present day `YYYY-MM-DD` in the policy's time zone. */
  readonly today: string;
  /** What was decided about their own, as far as it is unread: the newest, and how many there are. */
  readonly notices: NoticesPage;
}

export type LearnerVisit = Visit & Learner;
export type LearnerForm = SentForm & Learner;

type Shown = Child | Response | Promise<Child | Response>;

/** The pages of learners: all of them say in the navigation that there are unread decisions. */
export interface LearnerSite {
  show(path: string, render: (visit: LearnerVisit) => Shown, allowed?: Allowed): void;
  take(path: string, act: (sent: LearnerForm) => Shown): void;
}

const mostNotices = 20;

export function learnerSite(
  site: Site,
  calendar: Pick<Calendar, 'dayOf'>,
  clock: () => Instant,
): LearnerSite {
  const asLearner = async <V extends Visit>(visit: V): Promise<V & Learner> => {
    const notices = await visit.ask.json<NoticesPage>({ path: ['notices'], query: { limit: mostNotices } });
    const today = formatDay(calendar.dayOf(clock()));
    return { ...visit, page: { ...visit.page, news: { year: notices.unread } }, today, notices };
  };
  return {
    show: (path, render, allowed) =>
      site.show(path, 'watch', async (visit) => render(await asLearner(visit)), allowed),
    take: (path, act) => site.take(path, 'watch', async (sent) => act(await asLearner(sent))),
  };
}
