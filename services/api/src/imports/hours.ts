import { hoursToSeconds } from '@watchledger/contract';

/** The hours in a column, in seconds: null where they cannot be read, and then the fault that says so. */
export function hoursIn(cell: (column: string) => string, column: string) {
  const seconds = hoursToSeconds(cell(column));
  const faults = seconds === null ? [{ field: column, message: 'must be hours such as 1.5 or 1h30m' }] : [];
  return { seconds, faults };
}
