import { instant } from '@watchledger/rules';
import { desc } from 'drizzle-orm';
import { createTrace } from '../audit/sqlite.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering, transact } from '../database/transact.ts';
import { createRevising } from '../revisions/sqlite.ts';
import { policies, sessions } from '../schema/sqlite.ts';
import type { PolicyLedger } from './port.ts';

/** The policies in SQLite. */
export function createSqlitePolicies(database: SqliteDatabase): PolicyLedger {
  const { orm } = database;
  const trace = createTrace(database);
  const revise = createRevising(database);
  const newest = () => orm.select().from(policies).orderBy(desc(policies.sequence)).limit(1).get();
  const anyFact = () => orm.select({ id: sessions.sessionId }).from(sessions).limit(1).get() !== undefined;

  return {
    current: () =>
      answering(() => {
        const row = newest();
        return row ? { policy: row.policy, inForceFrom: instant(row.inForceFrom) } : null;
      }),

    adopt: (policy, replaced, changes, by) =>
      transact(database, () => {
        if ((newest()?.policy ?? null) !== replaced) return 'overtaken';
        if (changes.some(({ field }) => field === 'timeZone') && anyFact()) return 'zone-fixed';
        orm.insert(policies).values({ inForceFrom: by.at, policy }).run();
        trace([{ subject: { kind: 'policy', id: 'policy' }, action: 'adopted', changes, by }]);
        revise();
        return 'adopted';
      }),

    hasFacts: () => answering(anyFact),
  };
}
