import { type SQL, sql } from 'drizzle-orm';
import { createTrace } from '../audit/sqlite.ts';
import * as tables from '../schema/sqlite.ts';
import type { Desk } from './desk.ts';
import { openSqlite, type SqliteDatabase } from './sqlite.ts';
import { answering, transact } from './transact.ts';
import type { Place, Step, Work } from './work.ts';

/** The desk in SQLite. */
export function createSqliteDesk(database: SqliteDatabase): Desk {
  const { client, orm } = database;
  const trace = createTrace(database);
  const holds = (column: SQL | { getSQL(): SQL }, pattern: string) =>
    sql`${column} like ${pattern} escape '\\'`;
  const place: Place = { orm, tables, holds };

  function perform(step: Step): unknown {
    switch (step.kind) {
      case 'read':
        return step.statement.all();
      case 'write':
        return step.statement.run();
      case 'trace':
        return trace(step.changes);
    }
  }

  function finish<Result>(work: Work<Result>): Result {
    let step = work.next();
    while (!step.done) step = work.next(perform(step.value));
    return step.value;
  }

  return {
    command: (work) => transact(database, () => finish(work(place))),
    read: (work) => answering(client.transaction(() => finish(work(place)))),
    snapshot: async (work) => {
      // While its transaction is open others write, through the connection of this desk.
      const past = await answering(() => openSqlite({ file: database.file, readOnly: true }));
      try {
        await answering(() => past.client.exec('begin'));
        return await work(createSqliteDesk(past));
      } finally {
        past.close();
      }
    },
  };
}
