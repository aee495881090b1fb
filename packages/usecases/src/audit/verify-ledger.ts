import {
  type AuditedValue,
  type AuditLedger,
  type AuditRow,
  type ChainEnd,
  chainStart,
  type DecidingKind,
  decidingKinds,
  faultOf,
  type PastOffice,
  type PresentSubject,
  type SnapshotsLedger,
} from '@watchledger/ledger';
import { frozenChunks, SnapshotSum } from '../years/snapshot.ts';

/** What a check of a ledger needs. */
export interface VerifyContext {
  readonly snapshots: SnapshotsLedger;
}

export interface VerifyOptions {
  /** The head of an earlier check, which must still be in the chain; null: none was noted. */
  readonly head?: string | null;
  readonly onProgress?: (entries: number) => void;
}

/** What a check of a ledger found. */
export interface Verdict {
  /** Entries of the audit trail that are right, each sealed onto the one before. */
  readonly entries: number;
  /** The seal of the last of them: noted elsewhere, it proves later that none of these was changed or taken away. */
  readonly head: string;
  /** What is not right, each in one line that names it; none: all decisions are as they were made. */
  readonly faults: readonly string[];
}

const atOnce = 1_000;
const mostFaults = 100;

/**
 * Checks that nobody has written past the product: each entry of the audit trail against the one before; limits,
 * granted activities, trainings, confirmed attendance and exams against the last entry about them; each closed year
 * against its checksum. Watched time has no entries, and is not among it. All of it as of one moment, whatever is decided
 * meanwhile; changes nothing. Rejects with `LedgerUnavailable`.
 */
export function verifyLedger(
  { snapshots }: VerifyContext,
  { head = null, onProgress = () => {} }: VerifyOptions = {},
): Promise<Verdict> {
  return snapshots.take((past) => verifyPast(past, head, onProgress));
}

async function verifyPast(
  past: PastOffice,
  noted: string | null,
  onProgress: (entries: number) => void,
): Promise<Verdict> {
  const chain = new Chain(past.audit, onProgress);
  await chain.read();
  const faults: string[] = [];
  if (chain.fault === null) {
    for (const kind of decidingKinds) await verifySubjects(past, kind, chain, faults);
    await verifyYears(past, chain, faults);
  } else {
    // What a broken chain tells proves nothing of the rest.
    faults.push(chain.fault);
  }
  if (noted !== null && !chain.seals(noted))
    faults.push(`the entry that was sealed with ${noted} is not there any more`);
  return { entries: chain.end.sequence, head: chain.end.seal, faults };
}

async function verifySubjects(
  { audit }: PastOffice,
  kind: DecidingKind,
  chain: Chain,
  faults: string[],
): Promise<void> {
  const found = (fault: string) => {
    if (faults.length < mostFaults) faults.push(fault);
  };
  const missing = chain.subjects(kind, counts[kind]);
  for (let after: string | null = null; ; ) {
    const subjects: readonly PresentSubject[] = await audit.present(kind, after, atOnce);
    for (const { id, fields } of subjects) {
      missing.delete(id);
      for (const [field, value] of Object.entries(fields)) {
        const last = chain.lastOf(kind, id, field);
        if (last !== value)
          found(
            `${kind} ${id}: its ${field} is ${value}, and the audit trail says ${last ?? 'nothing of it'}`,
          );
      }
    }
    const last = subjects.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (const id of missing)
    found(`${kind} ${id}: it counts by the audit trail, and not any more in the ledger`);
}

async function verifyYears({ years }: PastOffice, chain: Chain, faults: string[]): Promise<void> {
  const missing = chain.subjects('year', ({ state }) => state === 'closed');
  for (const { year, closedAt, policy, checksum } of await years.years()) {
    if (closedAt === null) continue;
    missing.delete(String(year));
    const sum = new SnapshotSum(year, policy);
    for await (const chunk of frozenChunks({ years }, year)) sum.add(chunk);
    const found = sum.checksum();
    if (found !== checksum || found !== chain.lastOf('year', String(year), 'checksum'))
      faults.push(`year ${year}: its snapshot is not as it was closed`);
  }
  for (const year of missing)
    faults.push(`year ${year}: closed by the audit trail, and not any more in the ledger`);
}

/** The audit trail as far as it was read, and what it says last of each field. */
class Chain {
  end: ChainEnd = chainStart;
  /** What is wrong with the entry after the last one that is right; null: nothing. */
  fault: string | null = null;
  readonly #audit: AuditLedger;
  readonly #onProgress: (entries: number) => void;
  readonly #fields = new Map<string, Map<string, Map<string, AuditedValue>>>();
  readonly #seals = new Set<string>([chainStart.seal]);

  constructor(audit: AuditLedger, onProgress: (entries: number) => void) {
    this.#audit = audit;
    this.#onProgress = onProgress;
  }

  /** Reads up to the end, or the first entry that is not right. */
  async read(): Promise<void> {
    while (this.fault === null) {
      const search = { kind: null, id: null, learnerId: null, actor: null, after: this.end.sequence };
      const rows = await this.#audit.entries({ ...search, limit: atOnce });
      for (const row of rows) {
        const what = faultOf(this.end, row);
        if (what !== null) {
          const { sequence, subjectKind, subjectId, action, actor } = row;
          this.fault = `audit entry ${sequence} (${subjectKind} ${subjectId}, ${action} by ${actor}): ${what}`;
          return;
        }
        this.#add(row);
      }
      this.#onProgress(this.end.sequence);
      if (rows.length < atOnce) return;
    }
  }

  seals(seal: string): boolean {
    return this.#seals.has(seal);
  }

  /** Null where nothing was told: what was never told has not been set. */
  lastOf(kind: string, id: string, field: string): AuditedValue {
    return this.#fields.get(kind)?.get(id)?.get(field) ?? null;
  }

  /** Those of a kind of which the last that was told says so. */
  subjects(kind: string, says: (told: Readonly<Record<string, AuditedValue>>) => boolean): Set<string> {
    const subjects = this.#fields.get(kind) ?? new Map<string, Map<string, AuditedValue>>();
    return new Set([...subjects].filter(([, fields]) => says(Object.fromEntries(fields))).map(([id]) => id));
  }

  #add(row: AuditRow): void {
    this.end = row;
    this.#seals.add(row.seal);
    const subjects = this.#fields.get(row.subjectKind) ?? new Map<string, Map<string, AuditedValue>>();
    this.#fields.set(row.subjectKind, subjects);
    const fields = subjects.get(row.subjectId) ?? new Map<string, AuditedValue>();
    subjects.set(row.subjectId, fields);
    for (const { field, to } of row.changes) fields.set(field, to);
  }
}

/** What must be there: rows are never deleted, and activities and attendance count while they are approved. */
const counts: Readonly<Record<DecidingKind, (told: Readonly<Record<string, AuditedValue>>) => boolean>> = {
  courseware: () => true,
  training: () => true,
  exam: () => true,
  activity: ({ state }) => state === 'approved',
  enrolment: ({ state }) => state === 'confirmed',
};
