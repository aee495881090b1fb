import { sql } from 'drizzle-orm';
import type { PostgresTransaction } from '../database/transact-postgres.ts';
import { audit, revisions } from '../schema/postgres.ts';
import type { AuditedChange, Authorship, Subject } from './port.ts';

export interface TracedChange {
  readonly subject: Subject;
  readonly action: string;
  readonly changes: readonly AuditedChange[];
  readonly by: Authorship;
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 1_000;

/**
 * Leaves the trace of changes that many learners may depend on, within the transaction under way: their audit
 * entries, and a new shared revision.
 */
export async function trace({ orm }: PostgresTransaction, traced: readonly TracedChange[]): Promise<void> {
  if (traced.length === 0) return;
  for (let at = 0; at < traced.length; at += AT_ONCE) {
    const rows = traced.slice(at, at + AT_ONCE).map(({ subject, action, changes, by }) => ({
      at: by.at,
      actor: by.actor,
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      changes,
      reason: by.reason,
    }));
    await orm.insert(audit).values(rows);
  }
  await orm
    .insert(revisions)
    .values({ name: 'shared', value: traced.length })
    .onConflictDoUpdate({
      target: revisions.name,
      set: { value: sql`${revisions.value} + ${traced.length}` },
    });
}
