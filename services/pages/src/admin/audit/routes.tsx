import type { AuditPage } from '@watchledger/contract';
import { answered } from '../../site/faults.ts';
import type { Site } from '../../site/site.tsx';
import { AuditTrailPage } from './audit-page.tsx';

const shownAtOnce = 50;

/** The audit trail, for reading. */
export function auditRoutes(site: Site): void {
  site.show('/admin/audit', 'admin', async ({ page, ask }) => {
    const asked = (name: string) => page.query.get(name)?.trim() || undefined;
    const query = {
      kind: asked('kind'),
      id: asked('id'),
      learnerId: asked('learnerId'),
      actor: asked('actor'),
      cursor: asked('cursor'),
      order: 'newest',
      limit: shownAtOnce,
    };
    const outcome = await answered(ask.json<AuditPage>({ path: ['audit'], query }));
    return <AuditTrailPage page={page} found={outcome.ok ? outcome.result : null} />;
  });
}
