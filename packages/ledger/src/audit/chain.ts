import { hash } from 'node:crypto';
import type { AuditedChange, TracedChange } from './port.ts';

/** A row of the audit trail. */
export interface AuditRow {
  readonly sequence: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly learnerId: string | null;
  readonly changes: readonly AuditedChange[];
  readonly reason: string | null;
  /** SHA-256 of all the above and of the seal of the entry before, in hexadecimal. */
  readonly seal: string;
}

/** The end of the chain: what the next entry is sealed onto. */
export type ChainEnd = Pick<AuditRow, 'sequence' | 'seal'>;

/** What the first entry is sealed onto. */
export const chainStart: ChainEnd = { sequence: 0, seal: '0'.repeat(64) };

/** The rows of these changes, each sealed onto the one before. */
export function sealed(end: ChainEnd, traced: readonly TracedChange[]): AuditRow[] {
  let before = end;
  return traced.map(({ subject, learnerId = null, action, changes, by }) => {
    const row = {
      sequence: before.sequence + 1,
      at: by.at,
      actor: by.actor,
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      learnerId,
      changes,
      reason: by.reason,
    };
    const next = { ...row, seal: sealOf(before.seal, row) };
    before = next;
    return next;
  });
}

/** The same for equal entries, however a database keeps their JSON. */
function sealOf(before: string, row: Omit<AuditRow, 'seal'>): string {
  const { sequence, at, actor, action, subjectKind, subjectId, learnerId, changes, reason } = row;
  const told = changes.map(({ field, from, to }) => [field, from, to]);
  const entry = [before, sequence, at, actor, action, subjectKind, subjectId, learnerId, told, reason];
  return hash('sha256', JSON.stringify(entry));
}

/** What is wrong with an entry that should follow this end of the chain; null: nothing. */
export function faultOf(end: ChainEnd, row: AuditRow): string | null {
  if (row.sequence !== end.sequence + 1) {
    const missing = row.sequence - end.sequence - 1;
    return missing > 0 ? `${missing} before it are missing` : 'it is out of order';
  }
  return row.seal === sealOf(end.seal, row)
    ? null
    : 'it is not as it was written, or the one before was changed';
}
