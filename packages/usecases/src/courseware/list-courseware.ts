import type { CoursewareKind, CoursewarePage, ListedCourseware } from '@watchledger/contract';
import type { StoredCourseware } from '@watchledger/ledger';
import type { CoursewareId } from '@watchledger/rules';
import { entityTag } from '../access/entity-tag.ts';
import { cursorOf, isCoursewareId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { coursewareShape } from './shape.ts';

export interface ListCourseware {
  /** Part of the title or of the id, in any case. */
  readonly query?: string | null | undefined;
  readonly kind?: CoursewareKind | null | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('courseware', isCoursewareId);

/** The courseware in the order of ids. @throws Problem `invalid-request` for a foreign cursor */
export async function listCourseware(
  { courseware }: Pick<CoursewareContext, 'courseware'>,
  { query, kind, limit, cursor }: ListCourseware,
): Promise<CoursewarePage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  const stored = await whileStoresAnswer(() =>
    courseware.list({
      query: query ?? null,
      kind: kind ?? null,
      after: after as CoursewareId | null,
      limit: limit + 1,
    }),
  );
  return pageOf(stored, limit, listed, (last) => cursors.encode([last.coursewareId]));
}

const listed = (stored: StoredCourseware): ListedCourseware => ({
  ...coursewareShape(stored),
  etag: `"${entityTag(stored.version)}"`,
});
