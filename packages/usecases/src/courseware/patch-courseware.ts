import type { CoursewareFields as CoursewareMembers } from '@watchledger/contract';
import type { CoursewareFields } from '@watchledger/ledger';
import type { CoursewareId } from '@watchledger/rules';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { changedMeanwhile, coursewareNotFound } from './refusals.ts';
import { limitMsOf, type TaggedCourseware, tagged } from './shape.ts';

export interface PatchCourseware {
  readonly actor: string;
  readonly id: string;
  readonly fields: Partial<CoursewareMembers>;
  readonly ifMatch?: IfMatch | undefined;
  /** Why, for the audit trail. */
  readonly reason?: string | undefined;
}

/**
 * Changes the named fields (RFC 7396); a new limit holds for every open year at once (R8).
 * @throws Problem `courseware-not-found`, `precondition-failed`, `unavailable`
 */
export async function patchCourseware(
  { courseware, now }: CoursewareContext,
  { actor, id, fields, ifMatch, reason }: PatchCourseware,
): Promise<TaggedCourseware> {
  const expected = expectedVersion(ifMatch);
  const write = { actor, at: now(), reason: reason ?? null, expected };
  const written = await whileStoresAnswer(() =>
    courseware.patch(id as CoursewareId, storedFields(fields), write),
  );
  if (written.outcome === 'unknown') throw coursewareNotFound(id);
  if (written.outcome === 'conflict') throw changedMeanwhile(id);
  return tagged(written.courseware);
}

function storedFields(patch: Partial<CoursewareMembers>): Partial<CoursewareFields> {
  const { title, kind, limitSeconds, mediaSeconds, creator, open } = patch;
  return {
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind }),
    ...(limitSeconds !== undefined && { limitMs: limitMsOf(limitSeconds) }),
    ...(mediaSeconds !== undefined && { mediaSeconds }),
    ...(creator !== undefined && { creator }),
    ...(open !== undefined && { open }),
  };
}
