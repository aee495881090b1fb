import type { LearnerFacts } from '@watchledger/ledger';
import {
  type CreditContext,
  creditsOfYear,
  foldSortedCredits,
  milliseconds,
  type YearCredits,
  yearOf,
} from '@watchledger/rules';
import type { CreditsContext } from './context.ts';

/** The year that a question without a year is about: the present one (R9). */
export const presentYear = ({ calendar, now }: Pick<CreditsContext, 'calendar' | 'now'>): number =>
  yearOf(calendar.dayOf(now()));

/** What of a learner the fold goes by beside their facts. */
export interface Folded extends Pick<LearnerFacts, 'closedYears'> {
  readonly courseware: Pick<LearnerFacts['courseware'], 'get'>;
}

/** What the fold of one learner's facts goes by: the policy, the limits of their courseware, and the closed years. */
export const foldingOf = (
  { policy }: Pick<CreditsContext, 'policy'>,
  { courseware, closedYears }: Folded,
): CreditContext => ({
  policy,
  limitOf: (coursewareId) => courseware.get(coursewareId)?.limitMs ?? milliseconds(0),
  closedYears,
});

/** One learner's credits in one year, folded from all their facts (R7). */
export function foldYear(
  credits: Pick<CreditsContext, 'policy'>,
  known: LearnerFacts,
  year: number,
): YearCredits {
  const context = foldingOf(credits, known);
  return creditsOfYear(foldSortedCredits(known.facts, context), year, context);
}
