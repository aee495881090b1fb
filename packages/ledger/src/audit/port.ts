import type { Instant } from '@watchledger/rules';

/** Who makes a change, when and why (R8). */
export interface Authorship {
  readonly actor: string;
  readonly at: Instant;
  readonly reason: string | null;
}

/** What an entry is about. */
export interface Subject {
  readonly kind: 'courseware' | 'policy';
  readonly id: string;
}

export type AuditedValue = string | number | boolean | null;

export interface AuditedChange {
  readonly field: string;
  readonly from: AuditedValue;
  readonly to: AuditedValue;
}

/** One entry of the audit trail; entries are only ever added, and `sequence` is their order. */
export interface AuditEntry extends Authorship {
  readonly sequence: number;
  readonly action: string;
  readonly changes: readonly AuditedChange[];
}
