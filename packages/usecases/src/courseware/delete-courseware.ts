import type { CoursewareId } from '@watchledger/rules';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { changedMeanwhile, coursewareNotFound } from './refusals.ts';

export interface DeleteCourseware {
  readonly actor: string;
  readonly id: string;
  readonly ifMatch?: IfMatch | undefined;
}

/**
 * Hides courseware; what was watched of it stays credited.
 * @throws Problem `courseware-not-found`, `precondition-failed`, `unavailable`
 */
export async function deleteCourseware(
  { courseware, now }: CoursewareContext,
  { actor, id, ifMatch }: DeleteCourseware,
): Promise<void> {
  const write = { actor, at: now(), reason: null, expected: expectedVersion(ifMatch) };
  const outcome = await whileStoresAnswer(() => courseware.hide(id as CoursewareId, write));
  if (outcome === 'unknown') throw coursewareNotFound(id);
  if (outcome === 'conflict') throw changedMeanwhile(id);
}
