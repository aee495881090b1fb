import { type AuditLedger, createAudit } from '../audit/search.ts';
import type { Desk } from '../database/desk.ts';
import { createYears } from '../years/ledger.ts';
import type { YearsLedger } from '../years/port.ts';

/** The ledger as it was at one moment, however long it is read. */
export interface SnapshotsLedger {
  /** Reads one thing after the other as of one moment; nobody who writes waits for it. It may run more than once. */
  take<Result>(read: (past: PastOffice) => Promise<Result>): Promise<Result>;
}

export interface PastOffice {
  readonly audit: AuditLedger;
  readonly years: Pick<YearsLedger, 'years' | 'frozen'>;
}

export function createSnapshots(desk: Desk): SnapshotsLedger {
  return {
    take: (read) =>
      desk.snapshot((past) => {
        const still = { ...desk, ...past };
        return read({ audit: createAudit(still), years: createYears(still) });
      }),
  };
}
