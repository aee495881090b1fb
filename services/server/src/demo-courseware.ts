import type { CoursewareLedger } from '@watchledger/ledger';
import { demoCourseware } from '@watchledger/pages';
import type { CoursewareId, Instant } from '@watchledger/rules';
import { putCourseware } from '@watchledger/usecases';

/** Registers the courseware of the demo pages where it never was; what somebody changed or deleted stays so. */
export async function putDemoCourseware(courseware: CoursewareLedger, now: () => Instant): Promise<void> {
  for (const { id, ...fields } of demoCourseware) {
    if ((await courseware.getEvenHidden(id as CoursewareId)) !== null) continue;
    await putCourseware({ courseware, now }, { actor: 'start-up', id, fields });
  }
}
