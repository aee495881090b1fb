import type { AuditEntry, AuditPage, CoursewareChangesPage } from '@watchledger/contract';
import { may } from '../site/roles.ts';
import type { Visit } from '../site/site.tsx';

/** Who changed something last, and when; null where the reader may not know. */
export interface LastChange {
  readonly actor: string;
  readonly at: string;
}

/** The last entry of the audit trail about a subject, for who may read it. */
export async function lastChange(
  { ask, who }: Visit,
  kind: AuditEntry['subject']['kind'],
  id: string,
): Promise<LastChange | null> {
  if (may(who, 'admin') && who.org === undefined) {
    const query = { kind, id, order: 'newest', limit: 1 };
    const { items } = await ask.json<AuditPage>({ path: ['audit'], query });
    return items[0] ?? null;
  }
  if (kind !== 'courseware') return null;
  const { items } = await ask.json<CoursewareChangesPage>({
    path: ['courseware', id, 'changes'],
    query: { limit: 200 },
  });
  const last = items.at(-1);
  return last === undefined ? null : { actor: last.actor, at: last.changedAt };
}
