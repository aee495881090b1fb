import {
  type CoursewareId,
  type Coverage,
  type LearnerId,
  nothingCovered,
  withMore,
} from '@watchledger/rules';
import { exactInteger } from '../database/exact-integer.ts';
import type { PostgresTransaction } from '../database/transact-postgres.ts';
import { coverage } from '../schema/postgres.ts';
import { type CoverageRow, toCoverage, toRow } from './rows.ts';

/** What reports tell, and of whom. */
export interface Report {
  readonly learnerId: LearnerId;
  readonly coursewareId: CoursewareId;
  readonly more: Coverage;
}

/** Of learner and courseware; neither id holds a space. */
export const keyOf = ({ learnerId, coursewareId }: Omit<Report, 'more'>): string =>
  `${learnerId} ${coursewareId}`;

/**
 * Adds what reports tell, of each learner and courseware one, to the rows that are there, and answers these by key.
 * Rows that another transaction holds are passed over with `skipLocked`, so that this waits for nobody.
 *
 * By hand: drizzle cannot say `unnest` of several arrays, and two statements for n rows are what makes it cheap.
 */
export async function addToRows(
  { client }: PostgresTransaction,
  reports: readonly Report[],
  { skipLocked }: { readonly skipLocked: boolean },
): Promise<Map<string, Coverage>> {
  const { rows } = await client.query<Locked>({
    name: skipLocked ? 'lock_free_coverage' : 'lock_coverage',
    text: `${lockStatement}${skipLocked ? ' skip locked' : ''}`,
    values: [reports.map(({ learnerId }) => learnerId), reports.map(({ coursewareId }) => coursewareId)],
  });
  const known = new Map(rows.map((row) => [keyOf(row), toCoverage(numbersIn(row))]));
  const added = reports.flatMap((report) => {
    const before = known.get(keyOf(report));
    return before === undefined ? [] : [{ ...report, all: withMore(before, report.more) }];
  });
  if (added.length > 0) {
    const column = (of: (each: (typeof added)[number]) => unknown) => added.map(of);
    await client.query({
      name: 'overwrite_coverage',
      text: overwriteStatement,
      values: [
        column(({ learnerId }) => learnerId),
        column(({ coursewareId }) => coursewareId),
        column(({ all }) => JSON.stringify(all.ranges)),
        column(({ all }) => all.place?.positionMs ?? null),
        column(({ all }) => all.place?.toldAt ?? null),
      ],
    });
  }
  return new Map(added.map((each) => [keyOf(each), each.all]));
}

/** Adds to a row that may not be there yet, or that another transaction holds just now. */
export async function addAlone(transaction: PostgresTransaction, report: Report): Promise<Coverage> {
  const { learnerId, coursewareId } = report;
  await transaction.orm
    .insert(coverage)
    .values({ learnerId, coursewareId, ...toRow(nothingCovered) })
    .onConflictDoNothing();
  const [all] = (await addToRows(transaction, [report], { skipLocked: false })).values();
  if (all === undefined) throw new Error('a row of coverage is gone');
  return all;
}

interface Locked {
  readonly learnerId: LearnerId;
  readonly coursewareId: CoursewareId;
  readonly ranges: CoverageRow['ranges'];
  readonly positionMs: string | null;
  readonly toldAt: string | null;
}

/** The driver gives 64-bit integers as text. */
function numbersIn({ ranges, positionMs, toldAt }: Locked): CoverageRow {
  return {
    ranges,
    positionMs: positionMs === null ? null : exactInteger(positionMs),
    toldAt: toldAt === null ? null : exactInteger(toldAt),
  };
}

const isGiven = `stored.learner_id = given.learner_id collate "C"
  and stored.courseware_id = given.courseware_id collate "C"`;

const lockStatement = `
  select stored.learner_id as "learnerId", stored.courseware_id as "coursewareId", ranges,
    position_ms as "positionMs", told_at as "toldAt"
  from coverage stored join unnest($1::text[], $2::text[]) as given (learner_id, courseware_id) on ${isGiven}
  for update of stored`;

const overwriteStatement = `
  update coverage stored set ranges = given.ranges, position_ms = given.position_ms, told_at = given.told_at
  from unnest($1::text[], $2::text[], $3::jsonb[], $4::bigint[], $5::bigint[])
    as given (learner_id, courseware_id, ranges, position_ms, told_at)
  where ${isGiven}`;
