import type { CoursewareId } from '@watchledger/rules';
import type { CoursewareContext } from './context.ts';
import { expectedVersion } from './entity-tag.ts';
import { changedMeanwhile, coursewareNotFound } from './refusals.ts';

export interface DeleteCourseware {
  readonly actor: string;
  readonly id: string;
  /** The `If-Match` header. */
  readonly ifMatch?: string | null | undefined;
}

/**
 * Hides courseware; what was watched of it stays credited.
 * @throws Problem `courseware-not-found`, `precondition-failed`
 */
export async function deleteCourseware(
  { courseware, now }: CoursewareContext,
  { actor, id, ifMatch }: DeleteCourseware,
): Promise<void> {
  const write = { actor, at: now(), reason: null, expected: expectedVersion(ifMatch) };
  const outcome = await courseware.hide(id as CoursewareId, write);
  if (outcome === 'unknown') throw coursewareNotFound(id);
  if (outcome === 'conflict') throw changedMeanwhile(id);
}
