import type { Instant } from '@watchledger/rules';
import type { AuditedChange, Authorship } from '../audit/port.ts';

export interface StoredPolicy {
  /** Canonical JSON of a policy file. */
  readonly policy: string;
  readonly inForceFrom: Instant;
}

/** The policies with their time in force (R9). */
export interface PolicyLedger {
  /** The one in force; null before the first start. */
  current(): Promise<StoredPolicy | null>;
  /**
   * Puts a policy in force, unless another than `replaced` is by now (`overtaken`), or `changes` name the time
   * zone while there are facts (`zone-fixed`, R9): then nothing is written.
   */
  adopt(
    policy: string,
    replaced: string | null,
    changes: readonly AuditedChange[],
    by: Authorship,
  ): Promise<'adopted' | 'overtaken' | 'zone-fixed'>;
  /** Whether there are facts that were booked on days, so that the time zone is fixed (R9). */
  hasFacts(): Promise<boolean>;
}
