import type { AccountingYear, CloseYear, ReopenYear, YearComparison } from '@watchledger/contract';
import type { Requests } from './requests.ts';

/** The accounting years (R8). Listing takes any token, all else `admin` of headquarters. */
export interface YearsClient {
  /** The newest first. */
  listYears(): AsyncIterable<AccountingYear>;
  /**
   * Freezes the credits of a past year for good. It takes about a second for each ten thousand learners: `timeoutMs`
   * must allow for them. Repeated, it changes nothing.
   */
  closeYear(year: number, options?: CloseYear): Promise<AccountingYear>;
  /** Thaws the last closed year; the reason is kept in the audit trail. */
  reopenYear(year: number, options: ReopenYear): Promise<AccountingYear>;
  /** A closed year against what today's facts would say; changes nothing. */
  compareYear(year: number): Promise<YearComparison>;
}

export const yearsClient = ({ json, items }: Requests): YearsClient => ({
  listYears: () => items({ path: ['years'] }),
  closeYear: (year, options = {}) =>
    json({ method: 'POST', path: ['years', String(year), 'close'], body: options }),
  reopenYear: (year, options) =>
    json({ method: 'POST', path: ['years', String(year), 'reopen'], body: options }),
  compareYear: (year) => json({ path: ['years', String(year), 'comparison'] }),
});
