import type { CoursewareId, Coverage, LearnerId } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { createGroupCommit } from '../database/group-commit.ts';
import { openSqlite } from '../database/sqlite.ts';
import { afterThisTest } from '../testing/temporary.ts';
import { temporaryLedger } from '../testing/temporary-ledger.ts';
import { coverageContract } from './contract.ts';
import { createSqliteCoverage } from './sqlite.ts';

describe('coverage in SQLite', () => {
  coverageContract(async () => {
    const { writer } = temporaryLedger();
    const other = openSqlite({ file: writer.file });
    afterThisTest(() => other.close());
    const [ledger, peer] = [writer, other].map((database) =>
      createSqliteCoverage(database, createGroupCommit(database.client, { maxWaiting: 100 })),
    );
    if (ledger === undefined || peer === undefined) throw new Error('unreachable');
    return { ledger, peer };
  });

  test('reports that wait at the same time share one commit', async () => {
    const { writer } = temporaryLedger();
    const sizes: number[] = [];
    const commits = createGroupCommit(writer.client, {
      maxWaiting: 100,
      onCommit: ({ size }) => sizes.push(size),
    });
    const coverage = createSqliteCoverage(writer, commits);
    const played: Coverage = { ranges: [], place: null };
    const learners = Array.from({ length: 10 }, (_, nth) => `u${nth}` as LearnerId);
    await Promise.all(learners.map((learner) => coverage.add(learner, 'film' as CoursewareId, played)));
    expect(sizes).toEqual([10]);
  });
});
