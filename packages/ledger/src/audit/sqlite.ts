import { sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { audit, revisions } from '../schema/sqlite.ts';
import type { AuditedChange, Authorship, Subject } from './port.ts';

/** Leaves the trace of a change that many learners may depend on: its audit entry, and a new shared revision. */
export type Trace = (
  subject: Subject,
  action: string,
  changes: readonly AuditedChange[],
  by: Authorship,
) => void;

/** Traces within whatever transaction is under way. */
export function createTrace({ orm }: SqliteDatabase): Trace {
  const insert = orm
    .insert(audit)
    .values({
      at: sql.placeholder('at'),
      actor: sql.placeholder('actor'),
      action: sql.placeholder('action'),
      subjectKind: sql.placeholder('kind'),
      subjectId: sql.placeholder('id'),
      changes: sql.placeholder('changes'),
      reason: sql.placeholder('reason'),
    })
    .prepare();
  const revise = orm
    .insert(revisions)
    .values({ name: 'shared', value: 1 })
    .onConflictDoUpdate({ target: revisions.name, set: { value: sql`${revisions.value} + 1` } })
    .prepare();

  return (subject, action, changes, { at, actor, reason }) => {
    insert.run({ ...subject, action, changes, at, actor, reason });
    revise.run();
  };
}
