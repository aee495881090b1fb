import { type DayNumber, dayNumber, firstDayOfMonth } from '@watchledger/rules';

/** The first and the last day of a range of months `YYYY-MM`, both inclusive. */
export function daysOfMonths(
  from: string,
  to: string,
): { readonly first: DayNumber; readonly last: DayNumber } {
  const [firstYear = 0, firstMonth = 0] = from.split('-').map(Number);
  const [lastYear = 0, lastMonth = 0] = to.split('-').map(Number);
  return {
    first: firstDayOfMonth(firstYear, firstMonth),
    last: dayNumber(firstDayOfMonth(lastYear, lastMonth + 1) - 1),
  };
}
