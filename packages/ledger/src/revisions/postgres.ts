import { sql } from 'drizzle-orm';
import type { PostgresTransaction } from '../database/transact-postgres.ts';
import { revisions } from '../schema/postgres.ts';

/** Moves the revision that running sessions of many learners look at. */
export async function revise({ orm }: PostgresTransaction): Promise<void> {
  await orm
    .insert(revisions)
    .values({ name: 'shared', value: 1 })
    .onConflictDoUpdate({ target: revisions.name, set: { value: sql`${revisions.value} + 1` } });
}
