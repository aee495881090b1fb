import { getTableColumns, type InferInsertModel, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Place, run, type Work } from './work.ts';

/** Rows of one statement: far below the number of parameters that either database takes. */
const AT_ONCE = 200;

/** Writes rows as they are from now on, new ones and others, many in one statement. No key is there twice. */
export function* upsert<Table extends SQLiteTable>(
  { orm }: Place,
  table: Table,
  key: SQLiteColumn | SQLiteColumn[],
  written: readonly InferInsertModel<Table>[],
): Work<void> {
  const set = Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([name, column]) => [
      name,
      sql`excluded.${sql.identifier(column.name)}`,
    ]),
  );
  for (const some of chunks(written, AT_ONCE)) {
    yield* run(
      orm
        .insert(table)
        .values([...some])
        .onConflictDoUpdate({ target: key, set: set as never }),
    );
  }
}

/** As many as one statement takes. */
export function* chunks<Each>(all: readonly Each[], size: number): Generator<readonly Each[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
