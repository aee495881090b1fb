import { type Calendar, createCalendar, type LearnerId } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import type { PostgresDatabase } from '../database/postgres.ts';
import { LedgerUnavailable } from '../database/problems.ts';
import { createPostgresFacts } from './facts-postgres.ts';

const calendar: Calendar = createCalendar('Asia/Shanghai');
const u1 = 'u1' as LearnerId;

/** Facts at revision 7 of a learner who has watched so many courseware, and terms at the revisions given in turn. */
function answering(revisions: readonly number[], count = 1) {
  const viewings = Array.from({ length: count }, (_, nth) => [
    u1,
    `s${nth}`,
    `c${nth}`,
    1,
    2,
    20_513,
    5,
    null,
  ]);
  const facts = { viewings, activities: [], attendances: [], closedYears: [], frozen: [] };
  const asked: string[] = [];
  const query = async ({ name, values: [list] }: { name: string; values: [string[]] }) => {
    if (name === 'facts') return { rows: [{ ...facts, revision: '7' }] };
    const revision = revisions[Math.min(asked.length, revisions.length - 1)] ?? 0;
    asked.push(name);
    return { rows: [{ revision: String(revision), terms: list.map((id) => [id, `of ${revision}`, 1]) }] };
  };
  const pool = { query } as unknown as PostgresDatabase['pool'];
  const factsOf = createPostgresFacts({ pool }, calendar);
  return { asked, courseware: async () => (await factsOf([u1]))[0]?.courseware };
}

describe('the terms of what was watched', () => {
  test('are asked for once, also where there are more than are kept', async () => {
    const { asked, courseware } = answering([7], 20_001);
    expect((await courseware())?.size).toBe(20_001);
    expect(asked).toHaveLength(1);
  });

  test('are those of a later revision where it moved meanwhile, all of them', async () => {
    const { asked, courseware } = answering([8]);
    expect([...((await courseware())?.values() ?? [])]).toMatchObject([{ title: 'of 8' }]);
    expect(asked).toHaveLength(2);
  });

  test('are never older than the facts: they are asked for again, and the store is busy in the end', async () => {
    const behind = answering([6, 6, 7]);
    expect([...((await behind.courseware())?.values() ?? [])]).toMatchObject([{ title: 'of 7' }]);
    await expect(answering([6]).courseware()).rejects.toThrow(LedgerUnavailable);
    await expect(answering([8, 9, 10, 11, 12, 13]).courseware()).rejects.toThrow(LedgerUnavailable);
  });
});
