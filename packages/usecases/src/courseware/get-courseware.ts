import type { CoursewareId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { coursewareNotFound } from './refusals.ts';
import { type TaggedCourseware, tagged } from './shape.ts';

export interface GetCourseware {
  readonly id: string;
}

/** @throws Problem `courseware-not-found`, `unavailable` */
export async function getCourseware(
  { courseware }: Pick<CoursewareContext, 'courseware'>,
  { id }: GetCourseware,
): Promise<TaggedCourseware> {
  const stored = await whileStoresAnswer(() => courseware.get(id as CoursewareId));
  if (stored === null) throw coursewareNotFound(id);
  return tagged(stored);
}
