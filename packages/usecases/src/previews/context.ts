import type { ConcernedLedger, RehearsalsLedger } from '@watchledger/ledger';
import type { ActivitiesContext } from '../activities/context.ts';
import type { CoursewareContext } from '../courseware/context.ts';
import type { CreditsContext } from '../credits/context.ts';
import type { TrainingsContext } from '../trainings/context.ts';

/** What the use-cases of previews need: that of the commands, and where those are rehearsed. */
export interface PreviewContext
  extends CreditsContext,
    Pick<CoursewareContext, 'courseware'>,
    Pick<ActivitiesContext, 'activities'>,
    Pick<TrainingsContext, 'trainings' | 'enrolments'> {
  readonly concerned: ConcernedLedger;
  readonly rehearsals: RehearsalsLedger;
}
