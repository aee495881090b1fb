import type { Readiness } from '@watchledger/contract';
import { sectionsFor } from '../layout/sections.ts';
import type { Site } from '../site/site.tsx';
import { auditRoutes } from './audit/routes.tsx';
import { coursewareRoutes } from './courseware/routes.tsx';
import { HealthPage } from './health/health-page.tsx';
import { importRoutes } from './imports/routes.tsx';
import { learnersRoutes } from './learners/routes.tsx';
import { PolicyPage } from './policy/policy-page.tsx';
import { sessionsRoutes } from './sessions/routes.tsx';
import { yearsRoutes } from './years/routes.tsx';

/** The pages of admins. @param ready whether this process can do its work now */
export function adminPages(site: Site, ready: () => Promise<Readiness>): void {
  site.show('/admin', 'courseware:write', ({ who, goTo }) => {
    const own = sectionsFor(who).find(({ name }) => name === 'admin');
    return goTo(own?.places[0]?.path ?? '/');
  });
  // Before what has an id in its place: `import` is nobody's.
  importRoutes(site);
  coursewareRoutes(site);
  learnersRoutes(site);
  sessionsRoutes(site);
  yearsRoutes(site);
  auditRoutes(site);
  site.show('/admin/policy', 'admin', ({ page }) => <PolicyPage page={page} />);
  site.show('/admin/health', 'admin', async ({ page }) => (
    <HealthPage page={page} readiness={await ready()} now={Date.now()} />
  ));
}
