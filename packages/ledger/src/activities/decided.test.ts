import { instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import type { Desk } from '../database/desk.ts';
import type { Place, Work } from '../database/work.ts';
import * as tables from '../schema/sqlite.ts';
import { temporaryLedger } from '../testing/temporary-ledger.ts';
import { createActivities } from './ledger.ts';

test('decisions are read from their index, the newest first, and none is sorted', async () => {
  const { client, orm } = temporaryLedger().reader;
  const plans: string[] = [];
  const place = { orm, tables, holds: expect.fail } as unknown as Place;
  /** Tells how the first statement of a work would be run. */
  const read = async <Result>(work: (place: Place) => Work<Result>): Promise<Result> => {
    const { value } = work(place).next();
    const { statement } = value as { statement: { toSQL(): { sql: string; params: unknown[] } } };
    const { sql, params } = statement.toSQL();
    const steps = client.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...params);
    plans.push(steps.map(({ detail }) => detail).join('; '));
    return [] as Result;
  };
  const search = {
    ...{ state: null, learnerId: null, category: null, query: null, decidedBy: null },
    ...{ organisationIds: [], drafts: false, limit: 50 },
  };
  const { decided } = createActivities({ read } as unknown as Desk);
  await decided({ ...search, after: null });
  await decided({ ...search, after: { decidedAt: instant(5), activityId: 'a' } });
  expect(plans).toEqual([
    'SEARCH activities USING INDEX activities_by_decision (decided_at>?)',
    'SEARCH activities USING INDEX activities_by_decision (decided_at>? AND decided_at<?)',
  ]);
});
