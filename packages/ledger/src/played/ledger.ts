import { coveredMs, type LearnerId, milliseconds, within } from '@watchledger/rules';
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { rows } from '../database/work.ts';

/** How much of a medium a learner has played, in all sessions. */
export interface PlayedShare {
  readonly learnerId: LearnerId;
  readonly coursewareId: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** What many learners have played of courseware whose length is known. Rejects with `LedgerUnavailable`. */
export interface PlayedLedger {
  /** For surveys: a row for each courseware of which pages have told what they played. */
  sharesOf(learnerIds: readonly LearnerId[]): Promise<PlayedShare[]>;
}

export function createPlayed(desk: Desk): PlayedLedger {
  return {
    sharesOf: (learnerIds) =>
      desk.read(function* ({ orm, tables: { coverage, courseware } }) {
        const found = yield* rows(
          orm
            .select({
              learnerId: coverage.learnerId,
              coursewareId: coverage.coursewareId,
              ranges: coverage.ranges,
              mediaSeconds: courseware.mediaSeconds,
            })
            .from(coverage)
            .innerJoin(courseware, eq(courseware.coursewareId, coverage.coursewareId))
            .where(and(inArray(coverage.learnerId, [...learnerIds]), gt(courseware.mediaSeconds, 0))),
        );
        return found.map(({ learnerId, coursewareId, ranges, mediaSeconds }) => {
          const lengthMs = milliseconds((mediaSeconds ?? 0) * 1_000);
          const share = coveredMs(within(ranges, lengthMs)) / lengthMs;
          return { learnerId: learnerId as LearnerId, coursewareId, share };
        });
      }),
  };
}
