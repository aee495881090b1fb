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
  /** All that ever were in force, oldest first. */
  history(): Promise<StoredPolicy[]>;
  /** Puts a policy in force, unless another than `replaced` is by now: then false, and nothing is written. */
  adopt(
    policy: string,
    replaced: string | null,
    changes: readonly AuditedChange[],
    by: Authorship,
  ): Promise<boolean>;
  /** Whether there are facts that were booked on days, so that the time zone is fixed (R9). */
  hasFacts(): Promise<boolean>;
}
