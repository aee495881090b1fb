import type { CoursewareId } from '@watchledger/rules';
import type { AllowedCourseware } from '../viewing/context.ts';
import { whileStoresAnswer } from '../viewing/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { coursewareNotFound, demandAllowed } from './refusals.ts';
import { type TaggedCourseware, tagged } from './shape.ts';

export interface GetCourseware {
  readonly id: string;
  readonly allowedCourseware?: AllowedCourseware;
}

/** @throws Problem `courseware-not-found`, `forbidden` */
export async function getCourseware(
  { courseware }: Pick<CoursewareContext, 'courseware'>,
  { id, allowedCourseware = null }: GetCourseware,
): Promise<TaggedCourseware> {
  demandAllowed(id, allowedCourseware);
  const stored = await whileStoresAnswer(() => courseware.get(id as CoursewareId));
  if (stored === null) throw coursewareNotFound(id);
  return tagged(stored);
}
