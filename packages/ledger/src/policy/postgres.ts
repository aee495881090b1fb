import { instant } from '@watchledger/rules';
import { desc } from 'drizzle-orm';
import { trace } from '../audit/postgres.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { answeringPostgres, type PostgresTransaction, transactAlone } from '../database/transact-postgres.ts';
import { revise } from '../revisions/postgres.ts';
import { policies, sessions } from '../schema/postgres.ts';
import type { PolicyLedger } from './port.ts';

/** The policies in PostgreSQL. */
export function createPostgresPolicies(database: PostgresDatabase): PolicyLedger {
  return {
    current: () =>
      answeringPostgres(async () => {
        const row = await newest(database);
        return row ? { policy: row.policy, inForceFrom: instant(row.inForceFrom) } : null;
      }),

    adopt: (policy, replaced, changes, by) =>
      transactAlone(database, async (transaction) => {
        if (((await newest(transaction))?.policy ?? null) !== replaced) return 'overtaken';
        if (changes.some(({ field }) => field === 'timeZone')) {
          // A first session that is just being opened must be seen, or wait until the zone is another.
          await transaction.client.query('lock table sessions in share mode');
          if (await anyFact(transaction)) return 'zone-fixed';
        }
        await transaction.orm.insert(policies).values({ inForceFrom: by.at, policy });
        const subject = { kind: 'policy', id: 'policy' } as const;
        await trace(transaction, [{ subject, action: 'adopted', changes, by }]);
        await revise(transaction);
        return 'adopted';
      }),

    hasFacts: () => answeringPostgres(() => anyFact(database)),
  };
}

type Orm = Pick<PostgresTransaction, 'orm'>;

async function newest({ orm }: Orm) {
  const [row] = await orm.select().from(policies).orderBy(desc(policies.sequence)).limit(1);
  return row;
}

async function anyFact({ orm }: Orm): Promise<boolean> {
  return (await orm.select({ id: sessions.sessionId }).from(sessions).limit(1)).length > 0;
}
