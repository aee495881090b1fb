import type { CoursewareId } from '@watchledger/rules';
import { and, asc, eq, getTableColumns, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { TracedChange } from '../audit/port.ts';
import { trace } from '../audit/postgres.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { answeringPostgres, type PostgresTransaction, transactAlone } from '../database/transact-postgres.ts';
import { rehearsed, undo } from '../database/undo.ts';
import { revise } from '../revisions/postgres.ts';
import { audit, courseware, revisions } from '../schema/postgres.ts';
import {
  auditEntry,
  type CoursewareRow,
  changed,
  fieldsOf,
  hiding,
  importedFields,
  isExpected,
  isVisible,
  likePattern,
  storedCourseware,
} from './changes.ts';
import type { CoursewareFields, CoursewareLedger, CoursewareWrite, ImportCount } from './port.ts';

/** The courseware in PostgreSQL. */
export function createPostgresCourseware(
  database: PostgresDatabase,
  command: <Result>(work: (transaction: PostgresTransaction) => Promise<Result>) => Promise<Result> = (
    work,
  ) => transactAlone(database, work),
): CoursewareLedger {
  const { orm } = database;
  const rowById = orm
    .select()
    .from(courseware)
    .where(eq(courseware.coursewareId, sql.placeholder('id')))
    .prepare('courseware_by_id');
  const sharedRevision = orm
    .select({ value: revisions.value })
    .from(revisions)
    .where(eq(revisions.name, 'shared'))
    .prepare('shared_revision');

  const anyRow = async (id: CoursewareId): Promise<CoursewareRow | undefined> =>
    (await rowById.execute({ id }))[0];

  return {
    put: (id, fields, change) =>
      command(async (transaction) => {
        const row = await rowIn(transaction, id);
        if (!isExpected(row, change.expected)) return { outcome: 'conflict' };
        return store(transaction, id, row, fields, change);
      }),

    patch: (id, fields, change) =>
      command(async (transaction) => {
        const row = await rowIn(transaction, id);
        if (!isVisible(row)) return { outcome: 'unknown' };
        if (!isExpected(row, change.expected)) return { outcome: 'conflict' };
        return store(transaction, id, row, { ...fieldsOf(row), ...fields }, change);
      }),

    hide: (id, change) =>
      command(async (transaction) => {
        const row = await rowIn(transaction, id);
        if (!isVisible(row)) return 'unknown';
        if (!isExpected(row, change.expected)) return 'conflict';
        await transaction.orm
          .update(courseware)
          .set({ hiddenAt: change.at, updatedAt: change.at, version: row.version + 1 })
          .where(eq(courseware.coursewareId, id));
        const subject = { kind: 'courseware', id } as const;
        await tell(transaction, [{ subject, action: 'deleted', changes: hiding(row), by: change }]);
        return 'hidden';
      }),

    get: (id) =>
      answeringPostgres(async () => {
        const row = await anyRow(id);
        return isVisible(row) ? storedCourseware(row) : null;
      }),

    getEvenHidden: (id) =>
      answeringPostgres(async () => {
        const row = await anyRow(id);
        return row ? storedCourseware(row) : null;
      }),

    list: ({ query, kind, after, limit }) =>
      answeringPostgres(async () => {
        const pattern = query === null ? null : likePattern(query);
        const rows = await orm
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
                    sql`${courseware.title} ilike ${pattern} escape '\\'`,
                    sql`${courseware.coursewareId} ilike ${pattern} escape '\\'`,
                  ),
            ),
          )
          .orderBy(asc(courseware.coursewareId))
          .limit(limit);
        return rows.map(storedCourseware);
      }),

    import: (imported, by, dryRun) =>
      command(async (transaction) => {
        const count = { created: 0, changed: 0, unchanged: 0 } satisfies ImportCount;
        const rows = await rowsIn(
          transaction,
          imported.map(({ coursewareId }) => coursewareId),
        );
        const next: CoursewareRow[] = [];
        const traced: TracedChange[] = [];
        for (const each of imported) {
          const id = each.coursewareId;
          const row = rows.get(id);
          const change = changed(id, row, importedFields(row, each), by.at);
          count[change.written.outcome] += 1;
          if (change.next === null) continue;
          const { action, changes } = change;
          next.push(change.next);
          traced.push({ subject: { kind: 'courseware', id }, action, changes, by });
        }
        if (!dryRun) {
          await write(transaction, next);
          await tell(transaction, traced);
        }
        return count;
      }),

    trail: (id, { field, after, limit }) =>
      answeringPostgres(async () => {
        if ((await anyRow(id)) === undefined) return null;
        const entries = await orm
          .select()
          .from(audit)
          .where(
            and(
              eq(audit.subjectKind, 'courseware'),
              eq(audit.subjectId, id),
              after === null ? undefined : gt(audit.sequence, after),
              sql`exists (select 1 from jsonb_array_elements(${audit.changes}) change where change ->> 'field' = ${field})`,
            ),
          )
          .orderBy(asc(audit.sequence))
          .limit(limit);
        return entries.map(auditEntry);
      }),

    rehearse: (perform) =>
      perform(
        createPostgresCourseware(database, (work) =>
          rehearsed(transactAlone(database, async (transaction) => undo(await work(transaction)))),
        ),
      ),

    sharedRevision: () => answeringPostgres(async () => (await sharedRevision.execute())[0]?.value ?? 0),
  };
}

async function rowIn(transaction: PostgresTransaction, id: CoursewareId): Promise<CoursewareRow | undefined> {
  return (await rowsIn(transaction, [id])).get(id);
}

/** Ids, or rows, of one statement: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 1_000;

async function rowsIn(
  { orm }: PostgresTransaction,
  ids: readonly CoursewareId[],
): Promise<Map<string, CoursewareRow>> {
  const rows = new Map<string, CoursewareRow>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    for (const row of await orm.select().from(courseware).where(inArray(courseware.coursewareId, some)))
      rows.set(row.coursewareId, row);
  }
  return rows;
}

async function store(
  transaction: PostgresTransaction,
  id: CoursewareId,
  row: CoursewareRow | undefined,
  fields: CoursewareFields,
  by: CoursewareWrite,
) {
  const { written, next, action, changes } = changed(id, row, fields, by.at);
  if (next === null) return written;
  await write(transaction, [next]);
  await tell(transaction, [{ subject: { kind: 'courseware', id }, action, changes, by }]);
  return written;
}

async function tell(transaction: PostgresTransaction, traced: readonly TracedChange[]): Promise<void> {
  if (traced.length === 0) return;
  await trace(transaction, traced);
  await revise(transaction);
}

async function write({ orm }: PostgresTransaction, rows: readonly CoursewareRow[]): Promise<void> {
  const { coursewareId: key, ...columns } = getTableColumns(courseware);
  const set = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]),
  );
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    await orm.insert(courseware).values(some).onConflictDoUpdate({ target: key, set });
  }
}
