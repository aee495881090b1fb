import type { CoursewareId, LearnerId } from '@watchledger/rules';
import { asc, eq } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { rows } from '../database/work.ts';

/** Whom a change concerns. */
export interface ConcernedLedger {
  /** Those who have watched a courseware, in the order of ids. */
  watchersOf(coursewareId: CoursewareId): Promise<LearnerId[]>;
}

export function createConcerned(desk: Desk): ConcernedLedger {
  return {
    watchersOf: (coursewareId) =>
      desk.read(function* ({ orm, tables: { sessions } }) {
        const found = yield* rows(
          orm
            .selectDistinct({ learnerId: sessions.learnerId })
            .from(sessions)
            .where(eq(sessions.coursewareId, coursewareId))
            .orderBy(asc(sessions.learnerId)),
        );
        return found.map(({ learnerId }) => learnerId as LearnerId);
      }),
  };
}
