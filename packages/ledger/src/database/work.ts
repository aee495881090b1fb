import type { SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { TracedChange } from '../audit/port.ts';
import type * as tables from '../schema/sqlite.ts';

/**
 * Work on the ledger that is written once for both databases: a generator that hands out statements and is handed
 * their rows. SQLite runs it within one turn of the event loop, PostgreSQL one statement after the other.
 */
export type Work<Result> = Generator<Step, Result, unknown>;

/** What a work hands out: a statement of drizzle, or changes for the audit trail. */
export type Step =
  | { readonly kind: 'read'; readonly statement: Reading<unknown> }
  | { readonly kind: 'write'; readonly statement: Writing }
  | { readonly kind: 'trace'; readonly changes: readonly TracedChange[] };

/** The databases' statements have the same names and shapes; those of SQLite stand for both. */
export interface Place {
  readonly orm: BetterSQLite3Database;
  readonly tables: typeof tables;
  /** Whether a text holds a part, ASCII letters in any case; the part is a pattern of `likePattern`. */
  readonly holds: (column: SQL | { getSQL(): SQL }, pattern: string) => SQL;
}

interface Reading<Row> {
  all(): readonly Row[];
}

interface Writing {
  run(): unknown;
}

/** The rows of a `select`, or of a change that is `returning` them. */
export function* rows<Row>(statement: Reading<Row>): Work<readonly Row[]> {
  return (yield { kind: 'read', statement }) as readonly Row[];
}

/** The first of them. */
export function* first<Row>(statement: Reading<Row>): Work<Row | undefined> {
  return (yield* rows(statement))[0];
}

export function* run(statement: Writing): Work<void> {
  yield { kind: 'write', statement };
}

/** Leaves the trace of changes in the audit trail. */
export function* trace(changes: readonly TracedChange[]): Work<void> {
  if (changes.length > 0) yield { kind: 'trace', changes };
}
