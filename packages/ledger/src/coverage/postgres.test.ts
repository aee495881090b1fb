import { type CoursewareId, type Coverage, type LearnerId, milliseconds } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { openPostgres } from '../database/postgres.ts';
import { afterThisTest } from '../testing/temporary.ts';
import { temporaryPostgres } from '../testing/temporary-postgres.ts';
import { coverageContract } from './contract.ts';
import { createPostgresCoverage } from './postgres.ts';

const film = 'film' as CoursewareId;
const secondAt = (ms: number): Coverage => ({
  ranges: [[milliseconds(ms), milliseconds(ms + 1_000)]],
  place: null,
});

describe('coverage in PostgreSQL', () => {
  coverageContract(async () => {
    const { database, url } = await temporaryPostgres();
    const other = await openPostgres({ url, connections: 5 });
    afterThisTest(() => other.close());
    return { ledger: createPostgresCoverage(database), peer: createPostgresCoverage(other) };
  });

  test('reports that wait at the same time share one transaction', async () => {
    const { database } = await temporaryPostgres();
    const ledger = createPostgresCoverage(database);
    const learners = Array.from({ length: 20 }, (_, nth) => `u${nth}` as LearnerId);
    const tellAll = (ms: number) =>
      Promise.all(learners.map((learner) => ledger.add(learner, film, secondAt(ms))));
    await tellAll(0);
    await tellAll(5_000);
    const { rows } = await database.pool.query(
      'select count(distinct xmin::text)::int as count from coverage',
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('a row that another transaction holds holds up nobody else', async () => {
    const { database } = await temporaryPostgres();
    const ledger = createPostgresCoverage(database);
    const [held, free] = ['u1', 'u2'] as [LearnerId, LearnerId];
    for (const learner of [held, free]) await ledger.add(learner, film, secondAt(0));
    const other = await database.pool.connect();
    afterThisTest(() => other.release());
    await other.query(`begin; select from coverage where learner_id = 'u1' for update`);
    let released = false;
    const waits = ledger.add(held, film, secondAt(5_000)).then((all) => ({ all, released }));
    expect((await ledger.add(free, film, secondAt(5_000))).ranges).toHaveLength(2);
    released = true;
    await other.query('rollback');
    expect(await waits).toMatchObject({ released: true, all: { ranges: { length: 2 } } });
  });
});
