import type { Calendar, Instant } from '@watchledger/rules';
import type { Site } from '../site/site.tsx';
import { activitiesPages } from './activities/routes.tsx';
import { learnerSite } from './learner-site.tsx';
import { recordPages } from './record/routes.tsx';
import { trainingsPages } from './trainings/routes.tsx';
import { watchingPages } from './watching/routes.tsx';
import { yearPages } from './year/routes.tsx';

/** The pages of a learner. */
export function learnerPages(site: Site, calendar: Calendar, clock: () => Instant): void {
  const learners = learnerSite(site, calendar, clock);
  yearPages(learners);
  watchingPages(learners);
  activitiesPages(learners);
  trainingsPages(learners);
  recordPages(learners);
}
