import { type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import { differencesOf } from '../audit/differences.ts';
import type { AuditedChange, AuditedValue } from '../audit/port.ts';
import { type ExpectedVersion, isAtVersion } from '../versions/expected.ts';
import type {
  CoursewareAction,
  CoursewareAuditEntry,
  CoursewareFields,
  CoursewareImport,
  CoursewareWritten,
  StoredCourseware,
} from './port.ts';

/** A row of courseware, as every database gives it. */
export interface CoursewareRow {
  readonly coursewareId: string;
  readonly title: string;
  readonly kind: 'video' | 'document';
  readonly limitMs: number;
  readonly mediaSeconds: number | null;
  readonly creator: string | null;
  readonly open: boolean;
  readonly hiddenAt: number | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

type Written = Exclude<CoursewareWritten, { outcome: 'conflict' }>;

/** What a write does: the row to store (null: nothing), how it is told, and its trace in the audit trail. */
export interface CoursewareChange {
  readonly written: Written;
  readonly next: CoursewareRow | null;
  readonly action: CoursewareAction;
  readonly changes: readonly AuditedChange[];
}

/** What becomes of a row (undefined: there is none) that is to have these fields from now on. */
export function changed(
  id: CoursewareId,
  row: CoursewareRow | undefined,
  fields: CoursewareFields,
  at: number,
): CoursewareChange {
  const outcome = effect(row, fields);
  const restored = row !== undefined && row.hiddenAt !== null;
  const action = row === undefined ? 'created' : restored ? 'restored' : 'updated';
  const changes = audited(row, fields, restored);
  if (row && outcome === 'unchanged') {
    return { written: { outcome, courseware: storedCourseware(row) }, next: null, action, changes };
  }
  const next: CoursewareRow = {
    ...fields,
    coursewareId: id,
    hiddenAt: null,
    version: (row?.version ?? 0) + 1,
    createdAt: row?.createdAt ?? at,
    updatedAt: at,
  };
  return { written: { outcome, courseware: storedCourseware(next) }, next, action, changes };
}

/** Deleting: the limit in force for the facts stays, and its entry names it. */
export function hiding(row: CoursewareRow): readonly AuditedChange[] {
  return [
    { field: 'hidden', from: false, to: true },
    { field: 'limitMs', from: row.limitMs, to: row.limitMs },
  ];
}

/** The fields that an imported row leads to: what it does not name is kept. */
export function importedFields(
  row: CoursewareRow | undefined,
  { title, kind, limitMs }: CoursewareImport,
): CoursewareFields {
  const kept = row ? fieldsOf(row) : { mediaSeconds: null, creator: null, open: true };
  return { ...kept, title, kind, limitMs };
}

/** Part of a title or an id as a pattern for `like … escape '\\'`. */
export const likePattern = (query: string): string => `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;

export function isVisible(row: CoursewareRow | undefined): row is CoursewareRow {
  return row?.hiddenAt === null;
}

export function isExpected(row: CoursewareRow | undefined, expected: ExpectedVersion): boolean {
  return isAtVersion(isVisible(row) ? row.version : undefined, expected);
}

function effect(
  row: CoursewareRow | undefined,
  fields: CoursewareFields,
): 'created' | 'changed' | 'unchanged' {
  if (row === undefined || row.hiddenAt !== null) return 'created';
  return differences(row, fields).length > 0 ? 'changed' : 'unchanged';
}

/** A returning courseware names its limit even where that stayed, since the trail said that it was gone. */
function audited(
  row: CoursewareRow | undefined,
  fields: CoursewareFields,
  restored: boolean,
): AuditedChange[] {
  const changes = differences(row, fields);
  if (!restored || row === undefined) return changes;
  const limit = { field: 'limitMs', from: row.limitMs, to: fields.limitMs };
  return [
    { field: 'hidden', from: true, to: false },
    limit,
    ...changes.filter(({ field }) => field !== 'limitMs'),
  ];
}

const differences = (row: CoursewareRow | undefined, fields: CoursewareFields): AuditedChange[] =>
  differencesOf(row && { ...fieldsOf(row) }, { ...fields });

export function fieldsOf({
  title,
  kind,
  limitMs,
  mediaSeconds,
  creator,
  open,
}: CoursewareRow): CoursewareFields {
  return { title, kind, limitMs: milliseconds(limitMs), mediaSeconds, creator, open };
}

export function storedCourseware(row: CoursewareRow): StoredCourseware {
  return {
    ...fieldsOf(row),
    coursewareId: row.coursewareId as CoursewareId,
    version: row.version,
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}

export function auditEntry(row: AuditRow): CoursewareAuditEntry {
  const { sequence, at, actor, action, changes, reason } = row;
  return { sequence, at: instant(at), actor, action: action as CoursewareAction, changes, reason };
}

interface AuditRow {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly changes: readonly {
    readonly field: string;
    readonly from: AuditedValue;
    readonly to: AuditedValue;
  }[];
  readonly reason: string | null;
}
