import type { RecordFigures, StudyRecord } from '@watchledger/contract';
import type { Requests } from './requests.ts';

/** First and last month `YYYY-MM`, both inclusive. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

/** Accounts of ranges of months (R12): figures, counts and lists of what is approved. Durations are whole seconds. */
export interface RecordClient {
  /** Of one learner; needs `credits:read`, or `watch` for one's own. */
  learnerRecord(learnerId: string, months: Months): Promise<StudyRecord>;
  /**
   * The figures of everybody, in the order of learner ids, read while they come; needs `credits:read`.
   * Throws unless all of them came: what `fetch` does where the connection breaks, else `IncompleteStreamError`.
   * @example for await (const row of hours.records({ from: '2026-01', to: '2026-06' })) keep(row.learnerId, row.total);
   */
  records(
    search: Months & {
      /** Only the roster of this institute. */
      readonly organisationId?: string;
    },
  ): AsyncIterable<RecordFigures>;
}

export const recordClient = ({ json, lines }: Requests): RecordClient => ({
  learnerRecord: (learnerId, { from, to }) =>
    json({ path: ['learners', learnerId, 'record'], query: { from, to } }),
  records: (search) => lines({ path: ['records'], query: { ...search } }),
});
