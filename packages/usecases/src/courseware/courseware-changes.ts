import type { CoursewareChange, CoursewareChangesPage } from '@watchledger/contract';
import type { CoursewareAuditEntry } from '@watchledger/ledger';
import { type CoursewareId, milliseconds, wholeSeconds } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isNumber } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { coursewareNotFound } from './refusals.ts';

export interface CoursewareChanges {
  readonly id: string;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('courseware-changes', isNumber);

/**
 * The audit trail of a courseware's limit, oldest first, also of deleted courseware (R8).
 * @throws Problem `courseware-not-found`, `invalid-request`, `unavailable`
 */
export async function coursewareChanges(
  { courseware }: Pick<CoursewareContext, 'courseware'>,
  { id, limit, cursor }: CoursewareChanges,
): Promise<CoursewareChangesPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  const trail = await whileStoresAnswer(() =>
    courseware.trail(id as CoursewareId, { field: 'limitMs', after, limit: limit + 1 }),
  );
  if (trail === null) throw coursewareNotFound(id);
  return pageOf(trail, limit, changeShape, (last) => cursors.encode([last.sequence]));
}

function changeShape({ at, actor, action, changes, reason }: CoursewareAuditEntry): CoursewareChange {
  const limit = changes.find(({ field }) => field === 'limitMs');
  return {
    changedAt: rfc3339(at),
    actor,
    action,
    fromLimitSeconds: secondsOf(limit?.from),
    toLimitSeconds: action === 'deleted' ? null : secondsOf(limit?.to),
    reason,
  };
}

const secondsOf = (limitMs: unknown): number | null =>
  typeof limitMs === 'number' ? wholeSeconds(milliseconds(limitMs)) : null;
