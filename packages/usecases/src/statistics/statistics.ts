import type { Statistics } from '@watchledger/contract';
import { presentYear } from '../credits/fold-learner.ts';
import type { StatisticsContext } from './context.ts';
import { statisticsShape } from './shape.ts';
import { nothingYet, survey } from './survey.ts';

export interface StatisticsInput {
  /** Absent: the present accounting year. */
  readonly year?: number | undefined;
  /** Only the roster of this institute. */
  readonly organisationId?: string | undefined;
}

/**
 * How far many learners are, in figures that name nobody; of a minute ago perhaps, of up to ten where there are very
 * many. `asOf` says it.
 * @throws Problem `unavailable`
 */
export async function statistics(
  context: StatisticsContext,
  { year = presentYear(context), organisationId }: StatisticsInput,
): Promise<Statistics> {
  const found =
    year > presentYear(context)
      ? nothingYet(context, year)
      : await context.surveys.of(year, () => survey(context, year));
  return statisticsShape(found, year, organisationId ?? null);
}
