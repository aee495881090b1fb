import type { CoursewareId, Coverage, LearnerId } from '@watchledger/rules';

/**
 * Which parts of a courseware learners have played. No credit depends on it. Methods reject with `LedgerUnavailable`
 * when the store is away.
 */
export interface CoverageLedger {
  /** What is kept; of what nobody has played, that nothing is covered. */
  get(learnerId: LearnerId, coursewareId: CoursewareId): Promise<Coverage>;
  /**
   * Keeps what a report tells beside what others have told, in whatever process, and answers with all of it; it is
   * on disk then. It may run twice: a repeated report changes nothing.
   */
  add(learnerId: LearnerId, coursewareId: CoursewareId, more: Coverage): Promise<Coverage>;
}
