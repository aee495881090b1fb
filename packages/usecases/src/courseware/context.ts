import type { CoursewareLedger } from '@watchledger/ledger';
import type { Instant } from '@watchledger/rules';

/** What the use-cases of courseware need. */
export interface CoursewareContext {
  readonly courseware: CoursewareLedger;
  readonly now: () => Instant;
}
