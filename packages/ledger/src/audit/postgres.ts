import { desc } from 'drizzle-orm';
import type { PostgresTransaction } from '../database/transact-postgres.ts';
import { audit } from '../schema/postgres.ts';
import { chainStart, sealed } from './chain.ts';
import type { TracedChange } from './port.ts';

/** Rows of one statement: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 1_000;

/** Leaves the trace of changes, within a transaction that runs alone: the chain has one end. */
export async function trace({ orm }: PostgresTransaction, traced: readonly TracedChange[]): Promise<void> {
  const [end = chainStart] = await orm
    .select({ sequence: audit.sequence, seal: audit.seal })
    .from(audit)
    .orderBy(desc(audit.sequence))
    .limit(1);
  const rows = sealed(end, traced);
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    await orm.insert(audit).values(rows.slice(at, at + AT_ONCE));
  }
}
