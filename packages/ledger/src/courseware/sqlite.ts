import type { CoursewareId } from '@watchledger/rules';
import { and, asc, eq, getTableColumns, gt, isNull, or, sql } from 'drizzle-orm';
import type { Authorship, TracedChange } from '../audit/port.ts';
import { createTrace } from '../audit/sqlite.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering, transact } from '../database/transact.ts';
import { rehearsed, undo } from '../database/undo.ts';
import { createRevising } from '../revisions/sqlite.ts';
import { audit, courseware } from '../schema/sqlite.ts';
import {
  auditEntry,
  changed,
  fieldsOf,
  hiding,
  importedFields,
  isExpected,
  isVisible,
  likePattern,
  storedCourseware,
} from './changes.ts';
import type { CoursewareAction, CoursewareFields, CoursewareLedger } from './port.ts';

type Row = typeof courseware.$inferSelect;

/** The courseware in SQLite. */
export function createSqliteCourseware(
  database: SqliteDatabase,
  command: <Result>(work: () => Result) => Promise<Result> = (work) => transact(database, work),
): CoursewareLedger {
  const { orm } = database;
  const rowById = orm
    .select()
    .from(courseware)
    .where(eq(courseware.coursewareId, sql.placeholder('id')))
    .prepare();
  const write = prepareWrite(database);
  const trace = createTrace(database);
  const revise = createRevising(database);
  const sharedRevision = database.client
    .prepare<[], number>("select value from revisions where name = 'shared'")
    .pluck();

  const anyRow = (id: CoursewareId): Row | undefined => rowById.get({ id });
  const visibleRow = (id: CoursewareId): Row | undefined => {
    const row = anyRow(id);
    return isVisible(row) ? row : undefined;
  };

  function store(id: CoursewareId, row: Row | undefined, fields: CoursewareFields, by: Authorship) {
    const { written, next, action, changes } = changed(id, row, fields, by.at);
    if (next === null) return written;
    write.run({ ...next });
    tell([{ subject: { kind: 'courseware', id }, action, changes, by }]);
    return written;
  }

  function tell(traced: readonly TracedChange[]): void {
    if (traced.length === 0) return;
    trace(traced);
    revise();
  }

  return {
    put: (id, fields, change) =>
      command(() => {
        const row = anyRow(id);
        if (!isExpected(row, change.expected)) return { outcome: 'conflict' };
        return store(id, row, fields, change);
      }),

    patch: (id, fields, change) =>
      command(() => {
        const row = visibleRow(id);
        if (row === undefined) return { outcome: 'unknown' };
        if (!isExpected(row, change.expected)) return { outcome: 'conflict' };
        return store(id, row, { ...fieldsOf(row), ...fields }, change);
      }),

    hide: (id, change) =>
      command(() => {
        const row = visibleRow(id);
        if (row === undefined) return 'unknown';
        if (!isExpected(row, change.expected)) return 'conflict';
        orm
          .update(courseware)
          .set({ hiddenAt: change.at, updatedAt: change.at, version: row.version + 1 })
          .where(eq(courseware.coursewareId, id))
          .run();
        const action = 'deleted' satisfies CoursewareAction;
        tell([{ subject: { kind: 'courseware', id }, action, changes: hiding(row), by: change }]);
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
        const pattern = query === null ? null : likePattern(query);
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
      command(() => {
        const count = { created: 0, changed: 0, unchanged: 0 };
        const traced: TracedChange[] = [];
        for (const imported of rows) {
          const id = imported.coursewareId;
          const row = anyRow(id);
          const { written, next, action, changes } = changed(id, row, importedFields(row, imported), by.at);
          count[written.outcome] += 1;
          if (next === null || dryRun) continue;
          write.run({ ...next });
          traced.push({ subject: { kind: 'courseware', id }, action, changes, by });
        }
        tell(traced);
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

    rehearse: (perform) =>
      perform(createSqliteCourseware(database, (work) => rehearsed(transact(database, () => undo(work()))))),

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
