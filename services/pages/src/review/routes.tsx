import { evidenceAnswer, inSandbox } from '../evidence/evidence-answer.ts';
import type { Site } from '../site/site.tsx';
import { activityRoutes } from './activity/routes.tsx';
import { historyRoutes } from './history/routes.tsx';
import { queueRoutes } from './queue/routes.tsx';
import { trainingsRoutes } from './trainings/routes.tsx';

/** The reviewer's desk. What is declared is found by its id right below it, so that comes last. */
export function reviewPages(site: Site): void {
  queueRoutes(site);
  historyRoutes(site);
  trainingsRoutes(site);
  site.show('/review/evidence/:id', 'review', evidenceAnswer, inSandbox);
  activityRoutes(site);
}
