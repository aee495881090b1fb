import { type CoursewareId, type LearnerId, withMore } from '@watchledger/rules';
import { and, eq, sql } from 'drizzle-orm';
import type { GroupCommit } from '../database/group-commit.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering } from '../database/transact.ts';
import { coverage } from '../schema/sqlite.ts';
import type { CoverageLedger } from './port.ts';
import { toCoverage, toRow } from './rows.ts';

/** Coverage in SQLite; what is added shares its way to the disk with the heartbeats. */
export function createSqliteCoverage({ orm }: SqliteDatabase, commits: GroupCommit): CoverageLedger {
  const statements = prepareStatements(orm);
  const stored = (learnerId: LearnerId, coursewareId: CoursewareId) =>
    toCoverage(statements.row.get({ learnerId, coursewareId }));

  return {
    get: (learnerId, coursewareId) => answering(() => stored(learnerId, coursewareId)),

    add: (learnerId, coursewareId, more) =>
      commits.commit(learnerId, () => {
        const all = withMore(stored(learnerId, coursewareId), more);
        statements.keep.run({ learnerId, coursewareId, ...toRow(all) });
        return all;
      }),
  };
}

function prepareStatements(orm: SqliteDatabase['orm']) {
  const [learnerId, coursewareId] = [sql.placeholder('learnerId'), sql.placeholder('coursewareId')];
  const given = {
    ranges: sql.placeholder('ranges'),
    positionMs: sql.placeholder('positionMs'),
    toldAt: sql.placeholder('toldAt'),
  };
  return {
    row: orm
      .select()
      .from(coverage)
      .where(and(eq(coverage.learnerId, learnerId), eq(coverage.coursewareId, coursewareId)))
      .prepare(),
    keep: orm
      .insert(coverage)
      .values({ learnerId, coursewareId, ...given })
      .onConflictDoUpdate({
        target: [coverage.learnerId, coverage.coursewareId],
        set: {
          ranges: sql`excluded.ranges`,
          positionMs: sql`excluded.position_ms`,
          toldAt: sql`excluded.told_at`,
        },
      })
      .prepare(),
  };
}
