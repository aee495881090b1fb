import type { CoursewareId, Instant, Milliseconds } from '@watchledger/rules';
import type { AuditEntry, Authorship } from '../audit/port.ts';
import type { ExpectedVersion } from '../versions/expected.ts';

export type CoursewareKind = 'video' | 'document';

export interface CoursewareFields {
  readonly title: string;
  readonly kind: CoursewareKind;
  /** The most time that it can earn one learner (R4). */
  readonly limitMs: Milliseconds;
  readonly mediaSeconds: number | null;
  readonly creator: string | null;
  /** Whether new sessions may be opened. */
  readonly open: boolean;
}

export interface StoredCourseware extends CoursewareFields {
  readonly coursewareId: CoursewareId;
  /** Grows by one with every change; never goes back, not even when hidden courseware returns. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface CoursewareWrite extends Authorship {
  readonly expected: ExpectedVersion;
}

export type CoursewareWritten =
  /** `unchanged`: it already was like this, and nothing was written. */
  | { readonly outcome: 'created' | 'changed' | 'unchanged'; readonly courseware: StoredCourseware }
  /** It is not at the expected version. */
  | { readonly outcome: 'conflict' };

export type CoursewarePatched = CoursewareWritten | { readonly outcome: 'unknown' };

/** What an import sets; the other fields keep their values, or take their defaults. */
export interface CoursewareImport extends Pick<CoursewareFields, 'title' | 'kind' | 'limitMs'> {
  readonly coursewareId: CoursewareId;
}

export interface ImportCount {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface CoursewareSearch {
  /** Part of the title or the id; ASCII letters in any case. */
  readonly query: string | null;
  readonly kind: CoursewareKind | null;
  /** The last id of the page before. */
  readonly after: CoursewareId | null;
  readonly limit: number;
}

/** `deleted` keeps the limit in force for the facts; its entry names it. */
export type CoursewareAction = 'created' | 'updated' | 'deleted' | 'restored';

export interface CoursewareAuditEntry extends AuditEntry {
  readonly action: CoursewareAction;
}

export interface TrailSearch {
  /** Only entries that name this field. */
  readonly field: keyof CoursewareFields;
  /** The last sequence of the page before. */
  readonly after: number | null;
  readonly limit: number;
}

/**
 * The courseware and who changed it. Every change is one transaction: the row, its audit entry and the next
 * shared revision (R8). Methods reject with `LedgerUnavailable` when the store is away.
 */
export interface CoursewareLedger {
  /** Creates or replaces; hidden courseware returns, as `created`. */
  put(
    coursewareId: CoursewareId,
    fields: CoursewareFields,
    write: CoursewareWrite,
  ): Promise<CoursewareWritten>;
  patch(
    coursewareId: CoursewareId,
    fields: Partial<CoursewareFields>,
    write: CoursewareWrite,
  ): Promise<CoursewarePatched>;
  /** Deletes for everybody but the facts, which keep its title and limit. */
  hide(coursewareId: CoursewareId, write: CoursewareWrite): Promise<'hidden' | 'conflict' | 'unknown'>;
  /** Null where there is none, or it is hidden. */
  get(coursewareId: CoursewareId): Promise<StoredCourseware | null>;
  /** The same, hidden or not: facts outlive their courseware. */
  getEvenHidden(coursewareId: CoursewareId): Promise<StoredCourseware | null>;
  /** In the order of ids, byte by byte, without the hidden ones. */
  list(search: CoursewareSearch): Promise<StoredCourseware[]>;
  /** All or nothing; a dry run counts and changes nothing. Ids are unique. */
  import(rows: readonly CoursewareImport[], by: Authorship, dryRun: boolean): Promise<ImportCount>;
  /** The audit trail of one courseware, oldest first; null where it never was. */
  trail(coursewareId: CoursewareId, search: TrailSearch): Promise<CoursewareAuditEntry[] | null>;
  /** Hands out commands that are undone before anybody sees them, for previews: they refuse what they would refuse. */
  rehearse<Result>(
    perform: (courseware: Pick<CoursewareLedger, 'put' | 'patch'>) => Promise<Result>,
  ): Promise<Result>;
  /** Moves with every change that many learners may depend on. */
  sharedRevision(): Promise<number>;
}
