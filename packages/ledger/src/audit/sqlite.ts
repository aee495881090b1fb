import { desc, sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { audit } from '../schema/sqlite.ts';
import { chainStart, sealed } from './chain.ts';
import type { TracedChange } from './port.ts';

/** Leaves the trace of changes, within whatever transaction is under way. */
export type Trace = (traced: readonly TracedChange[]) => void;

export function createTrace({ orm }: SqliteDatabase): Trace {
  const end = orm
    .select({ sequence: audit.sequence, seal: audit.seal })
    .from(audit)
    .orderBy(desc(audit.sequence))
    .limit(1)
    .prepare();
  const insert = orm
    .insert(audit)
    .values({
      sequence: sql.placeholder('sequence'),
      at: sql.placeholder('at'),
      actor: sql.placeholder('actor'),
      action: sql.placeholder('action'),
      subjectKind: sql.placeholder('subjectKind'),
      subjectId: sql.placeholder('subjectId'),
      learnerId: sql.placeholder('learnerId'),
      changes: sql.placeholder('changes'),
      reason: sql.placeholder('reason'),
      seal: sql.placeholder('seal'),
    })
    .prepare();

  return (traced) => {
    for (const row of sealed(end.get() ?? chainStart, traced)) insert.run({ ...row });
  };
}
