import { type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import { and, asc, eq, getTableColumns, gt, isNull, or, sql } from 'drizzle-orm';
import type { AuditedChange, Authorship } from '../audit/port.ts';
import { createTrace } from '../audit/sqlite.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering, transact } from '../database/transact.ts';
import { audit, courseware } from '../schema/sqlite.ts';
import type {
  CoursewareAction,
  CoursewareAuditEntry,
  CoursewareFields,
  CoursewareLedger,
  CoursewareWritten,
  ExpectedVersion,
  StoredCourseware,
} from './port.ts';

type Row = typeof courseware.$inferSelect;

/** The courseware in SQLite. */
export function createSqliteCourseware(database: SqliteDatabase): CoursewareLedger {
  const { orm } = database;
  const rowById = orm
    .select()
    .from(courseware)
    .where(eq(courseware.coursewareId, sql.placeholder('id')))
    .prepare();
  const write = prepareWrite(database);
  const trace = createTrace(database);
  const sharedRevision = database.client
    .prepare<[], number>("select value from revisions where name = 'shared'")
    .pluck();

  const anyRow = (id: CoursewareId): Row | undefined => rowById.get({ id });
  const visibleRow = (id: CoursewareId): Row | undefined => {
    const row = anyRow(id);
    return row?.hiddenAt === null ? row : undefined;
  };

  function store(id: CoursewareId, row: Row | undefined, fields: CoursewareFields, by: Authorship): Stored {
    const outcome = effect(row, fields);
    if (row && outcome === 'unchanged') return { outcome, courseware: storedCourseware(row) };
    const next: Row = {
      ...fields,
      coursewareId: id,
      hiddenAt: null,
      version: (row?.version ?? 0) + 1,
      createdAt: row?.createdAt ?? by.at,
      updatedAt: by.at,
    };
    write.run({ ...next });
    const restored = row !== undefined && row.hiddenAt !== null;
    const action: CoursewareAction = row === undefined ? 'created' : restored ? 'restored' : 'updated';
    trace({ kind: 'courseware', id }, action, audited(row, fields, restored), by);
    return { outcome, courseware: storedCourseware(next) };
  }

  return {
    put: (id, fields, change) =>
      transact(database, () => {
        const row = anyRow(id);
        if (!isExpected(row, change.expected)) return { outcome: 'conflict' };
        return store(id, row, fields, change);
      }),

    patch: (id, fields, change) =>
      transact(database, () => {
        const row = visibleRow(id);
        if (row === undefined) return { outcome: 'unknown' };
        if (!isExpected(row, change.expected)) return { outcome: 'conflict' };
        return store(id, row, { ...fieldsOf(row), ...fields }, change);
      }),

    hide: (id, change) =>
      transact(database, () => {
        const row = visibleRow(id);
        if (row === undefined) return 'unknown';
        if (!isExpected(row, change.expected)) return 'conflict';
        orm
          .update(courseware)
          .set({ hiddenAt: change.at, updatedAt: change.at, version: row.version + 1 })
          .where(eq(courseware.coursewareId, id))
          .run();
        const changes: AuditedChange[] = [
          { field: 'hidden', from: false, to: true },
          { field: 'limitMs', from: row.limitMs, to: row.limitMs },
        ];
        trace({ kind: 'courseware', id }, 'deleted' satisfies CoursewareAction, changes, change);
        return 'hidden';
      }),

    get: (id) =>
      answering(() => {
        const row = visibleRow(id);
        return row ? storedCourseware(row) : null;
      }),

    getEvenHidden: (id) =>
      answering(() => {
        const row = anyRow(id);
        return row ? storedCourseware(row) : null;
      }),

    list: ({ query, kind, after, limit }) =>
      answering(() => {
        const pattern = query === null ? null : `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
        return orm
          .select()
          .from(courseware)
          .where(
            and(
              isNull(courseware.hiddenAt),
              after === null ? undefined : gt(courseware.coursewareId, after),
              kind === null ? undefined : eq(courseware.kind, kind),
              pattern === null
                ? undefined
                : or(
                    sql`${courseware.title} like ${pattern} escape '\\'`,
                    sql`${courseware.coursewareId} like ${pattern} escape '\\'`,
                  ),
            ),
          )
          .orderBy(asc(courseware.coursewareId))
          .limit(limit)
          .all()
          .map(storedCourseware);
      }),

    import: (rows, by, dryRun) =>
      transact(database, () => {
        const count = { created: 0, changed: 0, unchanged: 0 };
        for (const { coursewareId: id, ...imported } of rows) {
          const row = anyRow(id);
          const kept = row ? fieldsOf(row) : { mediaSeconds: null, creator: null, open: true };
          const fields = { ...kept, ...imported };
          count[dryRun ? effect(row, fields) : store(id, row, fields, by).outcome] += 1;
        }
        return count;
      }),

    trail: (id, { field, after, limit }) =>
      answering(() => {
        if (anyRow(id) === undefined) return null;
        return orm
          .select()
          .from(audit)
          .where(
            and(
              eq(audit.subjectKind, 'courseware'),
              eq(audit.subjectId, id),
              after === null ? undefined : gt(audit.sequence, after),
              sql`exists (select 1 from json_each(${audit.changes}) where json_extract(value, '$.field') = ${field})`,
            ),
          )
          .orderBy(asc(audit.sequence))
          .limit(limit)
          .all()
          .map(auditEntry);
      }),

    sharedRevision: () => answering(() => sharedRevision.get() ?? 0),
  };
}

/** An import may write thousands of rows while heartbeats wait, so this is prepared. */
function prepareWrite({ orm }: SqliteDatabase) {
  const given = {
    title: sql.placeholder('title'),
    kind: sql.placeholder('kind'),
    limitMs: sql.placeholder('limitMs'),
    mediaSeconds: sql.placeholder('mediaSeconds'),
    creator: sql.placeholder('creator'),
    open: sql.placeholder('open'),
    hiddenAt: sql.placeholder('hiddenAt'),
    version: sql.placeholder('version'),
    createdAt: sql.placeholder('createdAt'),
    updatedAt: sql.placeholder('updatedAt'),
  };
  const columns = getTableColumns(courseware);
  const names = Object.keys(given) as (keyof typeof given)[];
  const set = Object.fromEntries(
    names.map((name) => [name, sql`excluded.${sql.identifier(columns[name].name)}`]),
  );
  return orm
    .insert(courseware)
    .values({ coursewareId: sql.placeholder('coursewareId'), ...given })
    .onConflictDoUpdate({ target: courseware.coursewareId, set })
    .prepare();
}

function isExpected(row: Row | undefined, expected: ExpectedVersion): boolean {
  if (expected === null) return true;
  if (row === undefined || row.hiddenAt !== null) return false;
  return expected === 'any' || expected.has(row.version);
}

function effect(row: Row | undefined, fields: CoursewareFields): 'created' | 'changed' | 'unchanged' {
  if (row === undefined || row.hiddenAt !== null) return 'created';
  return differences(row, fields).length > 0 ? 'changed' : 'unchanged';
}

type Stored = Exclude<CoursewareWritten, { outcome: 'conflict' }>;

/** A returning courseware names its limit even where that stayed, since the trail said that it was gone. */
function audited(row: Row | undefined, fields: CoursewareFields, restored: boolean): AuditedChange[] {
  const changes = differences(row, fields);
  if (!restored || row === undefined) return changes;
  const limit = { field: 'limitMs', from: row.limitMs, to: fields.limitMs };
  return [
    { field: 'hidden', from: true, to: false },
    limit,
    ...changes.filter(({ field }) => field !== 'limitMs'),
  ];
}

function differences(row: Row | undefined, fields: CoursewareFields): AuditedChange[] {
  const before = row && fieldsOf(row);
  return (Object.keys(fields) as (keyof CoursewareFields)[])
    .map((field) => ({ field, from: before?.[field] ?? null, to: fields[field] }))
    .filter(({ from, to }) => from !== to);
}

function fieldsOf({ title, kind, limitMs, mediaSeconds, creator, open }: Row): CoursewareFields {
  return { title, kind, limitMs: milliseconds(limitMs), mediaSeconds, creator, open };
}

function storedCourseware(row: Row): StoredCourseware {
  return {
    ...fieldsOf(row),
    coursewareId: row.coursewareId as CoursewareId,
    version: row.version,
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}

function auditEntry(row: typeof audit.$inferSelect): CoursewareAuditEntry {
  const { sequence, at, actor, action, changes, reason } = row;
  return { sequence, at: instant(at), actor, action: action as CoursewareAction, changes, reason };
}
