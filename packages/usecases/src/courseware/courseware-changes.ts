import type { CoursewareChange, CoursewareChangesPage } from '@watchledger/contract';
import type { AuditEntry } from '@watchledger/ledger';
import { type CoursewareId, milliseconds, wholeSeconds } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isNumber } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import type { AllowedCourseware } from '../viewing/context.ts';
import { whileStoresAnswer } from '../viewing/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { coursewareNotFound, demandAllowed } from './refusals.ts';

export interface CoursewareChanges {
  readonly id: string;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
  readonly allowedCourseware?: AllowedCourseware;
}

const cursors = cursorOf('courseware-changes', isNumber);

/**
 * The audit trail of a courseware's limit, oldest first, also of deleted courseware (R8).
 * @throws Problem `courseware-not-found`, `forbidden`, `invalid-request`
 */
export async function coursewareChanges(
  { courseware }: Pick<CoursewareContext, 'courseware'>,
  { id, limit, cursor, allowedCourseware = null }: CoursewareChanges,
): Promise<CoursewareChangesPage> {
  demandAllowed(id, allowedCourseware);
  const [after = null] = cursors.decode(cursor) ?? [];
  const trail = await whileStoresAnswer(() =>
    courseware.trail(id as CoursewareId, {
      field: 'limitMs',
      order: 'oldest-first',
      after,
      limit: limit + 1,
    }),
  );
  if (trail === null) throw coursewareNotFound(id);
  return pageOf(trail, limit, changeShape, (last) => cursors.encode([last.sequence]));
}

const actions: Readonly<Record<string, CoursewareChange['action']>> = {
  created: 'created',
  restored: 'created',
  deleted: 'deleted',
};

function changeShape({ at, actor, action, changes, reason }: AuditEntry): CoursewareChange {
  const limit = changes.find(({ field }) => field === 'limitMs');
  const shown = actions[action] ?? 'updated';
  return {
    changedAt: rfc3339(at),
    actor,
    action: shown,
    fromLimitSeconds: secondsOf(limit?.from),
    toLimitSeconds: shown === 'deleted' ? null : secondsOf(limit?.to),
    reason,
  };
}

const secondsOf = (limitMs: unknown): number | null =>
  typeof limitMs === 'number' ? wholeSeconds(milliseconds(limitMs)) : null;
