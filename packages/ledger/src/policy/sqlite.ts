import { instant } from '@watchledger/rules';
import { asc, desc } from 'drizzle-orm';
import { createTrace } from '../audit/sqlite.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering, transact } from '../database/transact.ts';
import { policies, sessions } from '../schema/sqlite.ts';
import type { PolicyLedger, StoredPolicy } from './port.ts';

/** The policies in SQLite. */
export function createSqlitePolicies(database: SqliteDatabase): PolicyLedger {
  const { orm } = database;
  const trace = createTrace(database);
  const newest = () => orm.select().from(policies).orderBy(desc(policies.sequence)).limit(1).get();

  return {
    current: () =>
      answering(() => {
        const row = newest();
        return row ? storedPolicy(row) : null;
      }),

    history: () =>
      answering(() => orm.select().from(policies).orderBy(asc(policies.sequence)).all().map(storedPolicy)),

    adopt: (policy, replaced, changes, by) =>
      transact(database, () => {
        if ((newest()?.policy ?? null) !== replaced) return false;
        orm.insert(policies).values({ inForceFrom: by.at, policy }).run();
        trace({ kind: 'policy', id: 'policy' }, 'adopted', changes, by);
        return true;
      }),

    hasFacts: () =>
      answering(() => orm.select({ id: sessions.sessionId }).from(sessions).limit(1).get() !== undefined),
  };
}

function storedPolicy({ policy, inForceFrom }: typeof policies.$inferSelect): StoredPolicy {
  return { policy, inForceFrom: instant(inForceFrom) };
}
