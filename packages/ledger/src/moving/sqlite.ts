import { setImmediate as turn } from 'node:timers/promises';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { unfinishedMove } from '../database/unfinished-move.ts';
import { canonicalJson } from './canonical-json.ts';
import { appendOnly, type LearnerRange, type MovableLedger, MoveRefused, type MoveTarget } from './port.ts';
import { sqliteObstacle } from './sqlite-obstacle.ts';
import { type MovableColumn, type MovableRow, type MovableTable, movableTables } from './tables.ts';

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

    async lastKey({ name, key }) {
      await turn();
      const order = key.map((column) => `${column.name} desc`).join(', ');
      const sql = `select ${key.map((column) => read(column)).join(', ')} from ${name} order by ${order} limit 1`;
      return client.prepare<[], (string | null)[]>(sql).raw().get() ?? null;
    },

    async add(table, rows) {
      const names = table.columns.map(({ name }) => name).join(', ');
      const key = table.key.map(({ name }) => name).join(', ');
      const values = table.columns.map(bound).join(', ');
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
  const rows = (sql: string, values: readonly (string | number | null)[]): MovableRow[] =>
    client
      .prepare<unknown[], (string | null)[]>(sql)
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
      const order = table.key.map(({ name }) => name).join(', ');
      const given = table.key.map(bound).join(', ');
      const where = key === null ? '' : `where (${order}) > (${given})`;
      const sql = `select ${selected(table)} from ${table.name} ${where} order by ${order} limit ?`;
      return rows(sql, [...(key ?? []), limit]).map(readerOf(table));
    },

    async learnersEnd(after, count) {
      await turn();
      const sql = `select learner_id from learners ${after === null ? '' : 'where learner_id > ?'}
        order by learner_id limit 1 offset ?`;
      const [row] = rows(sql, [...(after === null ? [] : [after]), count - 1]);
      return row?.[0] ?? null;
    },

    async rowsOfLearners(table, range) {
      await turn();
      const order = table.key.map(({ name }) => `t.${name}`).join(', ');
      const { from, where, values } = belonging(table, range);
      const sql = `select ${selected(table, 't.')} from ${from} ${where} order by learner_id, ${order}`;
      return rows(sql, values).map(readerOf(table));
    },

    async obstacle() {
      await turn();
      return sqliteObstacle(client);
    },
  };
}

/** A column as text. */
function read({ name, kind }: MovableColumn, prefix = ''): string {
  return kind === 'integer' || kind === 'boolean' ? `cast(${prefix}${name} as text)` : `${prefix}${name}`;
}

function bound({ kind }: MovableColumn): string {
  return kind === 'integer' || kind === 'boolean' ? 'cast(? as integer)' : '?';
}

function selected({ columns }: MovableTable, prefix = ''): string {
  return columns.map((column) => read(column, prefix)).join(', ');
}

/** What is left to do on a row that was read. */
function readerOf({ columns }: MovableTable): (row: MovableRow) => MovableRow {
  if (columns.every(({ kind }) => kind !== 'json')) return (row) => row;
  return (row) =>
    row.map((value, position) =>
      value !== null && columns[position]?.kind === 'json' ? canonicalJson(value) : value,
    );
}

function belonging({ name, columns }: MovableTable, { after, upTo }: LearnerRange) {
  const own = columns.some((column) => column.name === 'learner_id');
  const from = own ? `${name} t` : `${name} t join sessions using (session_id)`;
  const bounds = [after === null ? [] : ['learner_id > ?'], upTo === null ? [] : ['learner_id <= ?']].flat();
  const where = bounds.length === 0 ? '' : `where ${bounds.join(' and ')}`;
  return { from, where, values: [after, upTo].filter((bound) => bound !== null) };
}
