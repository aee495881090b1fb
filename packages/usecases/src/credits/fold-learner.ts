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

/** One learner's credits in one year, folded from all their facts (R7). */
export function foldYear(
  { policy }: Pick<CreditsContext, 'policy'>,
  { facts, courseware }: LearnerFacts,
  year: number,
): YearCredits {
  const context: CreditContext = {
    policy,
    limitOf: (coursewareId) => courseware.get(coursewareId)?.limitMs ?? milliseconds(0),
    closedYears: [],
  };
  return creditsOfYear(foldSortedCredits(facts, context), year, context);
}
