import { setImmediate as turn } from 'node:timers/promises';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { unfinishedMove } from '../database/unfinished-move.ts';
import { appendOnly, type MovableLedger, MoveRefused, type MoveTarget } from './port.ts';
import { reader, type Select, selects } from './selects.ts';
import { sqliteObstacle } from './sqlite-obstacle.ts';
import { type ColumnKind, type MovableRow, movableTables } from './tables.ts';

/** A ledger in a SQLite file as it is now, whoever writes to it from here on. */
export function createSqliteSource(database: SqliteDatabase): MovableLedger {
  database.client.exec('BEGIN; SELECT count(*) FROM sqlite_master');
  return movable(database);
}

/** A SQLite file that a move fills. */
export function createSqliteTarget(database: SqliteDatabase): MoveTarget {
  const { client } = database;
  const inOneTransaction = async (work: () => void) => {
    await turn();
    client.transaction(work).immediate();
  };

  return {
    ...movable(database),

    async begin(source) {
      const begun = client
        .prepare<[string]>("select 1 from sqlite_master where type = 'table' and name = ?")
        .get(unfinishedMove);
      if (begun !== undefined) {
        const other = client.prepare<[], string>(`select source from ${unfinishedMove}`).pluck().get();
        if (other !== source) throw new MoveRefused('to', `a move from ${other} into it is not finished`);
        return 'resumed';
      }
      await inOneTransaction(() => {
        for (const { name } of movableTables) {
          if (client.prepare(`select 1 from ${name} limit 1`).get() !== undefined)
            throw new MoveRefused('to', 'it holds facts already: give a database that is empty');
        }
        client.exec(`create table ${unfinishedMove} (source text not null)`);
        client.prepare(`insert into ${unfinishedMove} values (?)`).run(source);
      });
      return 'begun';
    },

    async lastKey(table) {
      await turn();
      return client.prepare<[], (string | null)[]>(statements.lastKey(table).text).raw().get() ?? null;
    },

    async add(table, rows) {
      const names = table.columns.map(({ name }) => name).join(', ');
      const key = table.key.map(({ name }) => name).join(', ');
      const values = table.columns.map(({ kind }) => given(kind)).join(', ');
      const insert = client.prepare(
        `insert into ${table.name} (${names}) values (${values}) on conflict (${key}) do nothing`,
      );
      await inOneTransaction(() => {
        for (const row of rows) insert.run(...row);
      });
    },

    startOver: () =>
      inOneTransaction(() => {
        for (const { name } of movableTables) {
          if (name !== appendOnly) client.exec(`delete from ${name}`);
        }
      }),

    // Its counters follow what is inserted by themselves.
    settle: async () => {},

    async finish() {
      await inOneTransaction(() => client.exec(`drop table ${unfinishedMove}`));
      client.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}

/** Each call lets other work go first: SQLite blocks this thread while it works. */
function movable({ file, client }: SqliteDatabase): MovableLedger {
  const rowsOf = ({ text, values }: Select): MovableRow[] =>
    client
      .prepare<unknown[], (string | null)[]>(text)
      .raw()
      .all(...values);

  return {
    place: `file:${file}`,

    async count({ name }) {
      await turn();
      return Number(client.prepare(`select count(*) from ${name}`).pluck().get());
    },

    async rowsAfter(table, key, limit) {
      await turn();
      return rowsOf(statements.rowsAfter(table, key, limit)).map(reader(table));
    },

    async learnersEnd(after, count) {
      await turn();
      const [row] = rowsOf(statements.learnersEnd(after, count));
      return row?.[0] ?? null;
    },

    async rowsOfLearners(table, range) {
      await turn();
      return rowsOf(statements.rowsOfLearners(table, range)).map(reader(table));
    },

    async obstacle() {
      await turn();
      return sqliteObstacle(client);
    },
  };
}

const isNumber = (kind: ColumnKind) => kind === 'integer' || kind === 'boolean';
const given = (kind: ColumnKind) => (isNumber(kind) ? 'cast(? as integer)' : '?');

const statements = selects({
  read: (name, kind) => (isNumber(kind) ? `cast(${name} as text)` : name),
  given,
});
