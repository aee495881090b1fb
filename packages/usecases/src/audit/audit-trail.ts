import type { AuditEntry, AuditPage } from '@watchledger/contract';
import type { AuditLedger, AuditRow, SubjectKind } from '@watchledger/ledger';
import { instant, type LearnerId } from '@watchledger/rules';
import { type Officer, requireHeadquarters } from '../access/reviewer.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isNumber } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';

/** What the use-cases of the audit trail need. */
export interface AuditContext {
  readonly audit: AuditLedger;
}

export interface AuditTrailInput extends Pick<Officer, 'organisationId'> {
  readonly kind?: SubjectKind | undefined;
  readonly id?: string | undefined;
  readonly learnerId?: string | undefined;
  readonly actor?: string | undefined;
  /** Absent: the oldest first. */
  readonly order?: 'oldest' | 'newest' | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('audit', isNumber);

/** Who changed what (R8). Throws Problem `forbidden`, `unavailable`. */
export async function auditTrail(
  { audit }: AuditContext,
  { organisationId, kind, id, learnerId, actor, order, limit, cursor }: AuditTrailInput,
): Promise<AuditPage> {
  requireHeadquarters({ organisationId });
  const [after = null] = cursors.decode(cursor) ?? [];
  const found = await whileStoresAnswer(() =>
    audit.entries({
      kind: kind ?? null,
      id: id ?? null,
      learnerId: (learnerId ?? null) as LearnerId | null,
      actor: actor ?? null,
      newestFirst: order === 'newest',
      after,
      limit: limit + 1,
    }),
  );
  return pageOf(found, limit, entryShape, (last) => cursors.encode([last.sequence]));
}

const entryShape = (row: AuditRow): AuditEntry => ({
  sequence: row.sequence,
  at: rfc3339(instant(row.at)),
  actor: row.actor,
  action: row.action,
  subject: { kind: row.subjectKind as SubjectKind, id: row.subjectId },
  learnerId: row.learnerId,
  changes: row.changes.map(({ field, from, to }) => ({ field, from, to })),
  reason: row.reason,
  seal: row.seal,
});
