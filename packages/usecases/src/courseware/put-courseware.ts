import type { CoursewareFields } from '@watchledger/contract';
import type { CoursewareId } from '@watchledger/rules';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { changedMeanwhile, thereAlready } from './refusals.ts';
import { limitMsOf, type TaggedCourseware, tagged } from './shape.ts';

export interface PutCourseware {
  readonly actor: string;
  readonly id: string;
  readonly fields: CoursewareFields;
  readonly ifMatch?: IfMatch | undefined;
  /** Why, for the audit trail. */
  readonly reason?: string | undefined;
}

/**
 * Creates or replaces courseware; a new limit holds for every open year at once (R8).
 * @throws Problem `precondition-failed`, `unavailable`
 */
export async function putCourseware(
  { courseware, now }: CoursewareContext,
  { actor, id, fields, ifMatch, reason }: PutCourseware,
): Promise<TaggedCourseware & { readonly created: boolean }> {
  const { title, kind, limitSeconds, mediaSeconds, creator, open } = fields;
  const written = await whileStoresAnswer(() =>
    courseware.put(
      id as CoursewareId,
      {
        title,
        kind,
        limitMs: limitMsOf(limitSeconds),
        mediaSeconds: mediaSeconds ?? null,
        creator: creator ?? null,
        open: open ?? true,
      },
      { actor, at: now(), reason: reason ?? null, expected: expectedVersion(ifMatch) },
    ),
  );
  if (written.outcome === 'conflict') throw ifMatch === 'absent' ? thereAlready(id) : changedMeanwhile(id);
  return { ...tagged(written.courseware), created: written.outcome === 'created' };
}
