import { sql } from 'drizzle-orm';
import type { Transaction } from '../database/transact.ts';
import { audit, revisions } from '../schema/sqlite.ts';
import type { AuditedChange, Authorship } from './port.ts';

export interface Subject {
  readonly kind: 'courseware' | 'policy';
  readonly id: string;
}

/** Leaves the trace of a change that many learners may depend on: its audit entry, and a new shared revision. */
export function trace(
  transaction: Transaction,
  subject: Subject,
  action: string,
  changes: readonly AuditedChange[],
  { actor, at, reason }: Authorship,
): void {
  transaction
    .insert(audit)
    .values({ at, actor, action, subjectKind: subject.kind, subjectId: subject.id, changes, reason })
    .run();
  transaction
    .insert(revisions)
    .values({ name: 'shared', value: 1 })
    .onConflictDoUpdate({ target: revisions.name, set: { value: sql`${revisions.value} + 1` } })
    .run();
}
