import { sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { revisions } from '../schema/sqlite.ts';

/** Moves the revision that running sessions of many learners look at. */
export function createRevising({ orm }: SqliteDatabase): () => void {
  const revise = orm
    .insert(revisions)
    .values({ name: 'shared', value: 1 })
    .onConflictDoUpdate({ target: revisions.name, set: { value: sql`${revisions.value} + 1` } })
    .prepare();
  return () => void revise.run();
}
