import type { Credits } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import type { AllowedCourseware } from '../access/allowed-courseware.ts';
import { requireTheirs } from '../access/reviewer.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CreditsContext } from './context.ts';
import { foldYear, presentYear } from './fold-learner.ts';
import { coursewareCredits, creditsRow } from './shape.ts';

export interface LearnerCreditsInput {
  readonly learnerId: string;
  /** The institute whose learners the reader may read; absent or null: everybody. */
  readonly organisationId?: string | null | undefined;
  /** Absent: the present accounting year. */
  readonly year?: number | undefined;
  /** What the reader's token is bound to: no other courseware is named (T21); null: any. */
  readonly allowedCourseware: AllowedCourseware;
}

/**
 * One learner's credits in one year, with the courseware behind them; an unknown learner has zeros.
 * @throws Problem `learner-not-found`, `unavailable`
 */
export async function learnerCredits(
  context: CreditsContext,
  { learnerId, organisationId = null, year = presentYear(context), allowedCourseware }: LearnerCreditsInput,
): Promise<Credits> {
  await context.policyInForce.demand();
  const known = await whileStoresAnswer(async () => {
    await requireTheirs(context, organisationId, learnerId);
    return context.credits.learnerFacts(learnerId as LearnerId);
  });
  const credits = foldYear(context, known, year);
  const courseware = coursewareCredits(credits, known).filter(
    ({ coursewareId }) => allowedCourseware === null || allowedCourseware.has(coursewareId),
  );
  return { ...creditsRow(learnerId, credits), courseware };
}
