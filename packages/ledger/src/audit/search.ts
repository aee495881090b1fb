import type { LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { rows } from '../database/work.ts';
import type { AuditRow } from './chain.ts';
import type { SubjectKind } from './port.ts';
import { type DecidingKind, type PresentSubject, presentSubjects } from './present.ts';

export interface AuditSearch {
  readonly kind: SubjectKind | null;
  readonly id: string | null;
  readonly learnerId: LearnerId | null;
  readonly actor: string | null;
  /** Absent: the oldest first. */
  readonly newestFirst?: boolean;
  /** The last sequence of the page before. */
  readonly after: number | null;
  readonly limit: number;
}

/** The audit trail, for reading. Methods reject with `LedgerUnavailable` when the store is away. */
export interface AuditLedger {
  entries(search: AuditSearch): Promise<AuditRow[]>;
  /** Subjects as they are now, in the fields that decide about hours; in the order of ids. */
  present(kind: DecidingKind, after: string | null, limit: number): Promise<PresentSubject[]>;
}

export function createAudit(desk: Desk): AuditLedger {
  return {
    entries: ({ kind, id, learnerId, actor, newestFirst = false, after, limit }) =>
      desk.read(function* ({ orm, tables: { audit } }) {
        const found = yield* rows(
          orm
            .select()
            .from(audit)
            .where(
              and(
                kind === null ? undefined : eq(audit.subjectKind, kind),
                id === null ? undefined : eq(audit.subjectId, id),
                learnerId === null ? undefined : eq(audit.learnerId, learnerId),
                actor === null ? undefined : eq(audit.actor, actor),
                after === null ? undefined : (newestFirst ? lt : gt)(audit.sequence, after),
              ),
            )
            .orderBy((newestFirst ? desc : asc)(audit.sequence))
            .limit(limit),
        );
        return [...found];
      }),

    present: (kind, after, limit) => desk.read((place) => presentSubjects(place, kind, after, limit)),
  };
}
