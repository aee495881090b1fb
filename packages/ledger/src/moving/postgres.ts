import type pg from 'pg';
import { postgresError } from '../database/postgres-problems.ts';
import { unfinishedMove } from '../database/unfinished-move.ts';
import { canonicalJson } from './canonical-json.ts';
import { appendOnly, type LearnerRange, type MovableLedger, MoveRefused, type MoveTarget } from './port.ts';
import {
  type ColumnKind,
  type MovableColumn,
  type MovableRow,
  type MovableTable,
  movableTables,
} from './tables.ts';

export interface PostgresPlace {
  /** A connection that serves nothing else. */
  readonly client: pg.ClientBase;
  /** Where it is, without secrets. */
  readonly place: string;
}

/** How long what others have begun may take to end. */
const STILL_MS = 3_000;

/** A ledger in PostgreSQL as it is now, whoever writes to it from here on. */
export async function createPostgresSource({ client, place }: PostgresPlace): Promise<MovableLedger> {
  await client.query('begin isolation level repeatable read read only');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  return movable({ client, place });
}

/**
 * A ledger in PostgreSQL that nobody writes to until the connection ends: PostgreSQL itself lets no other change
 * its tables. Rejects with `MoveRefused` when somebody is writing.
 */
export async function createStillPostgresSource({ client, place }: PostgresPlace): Promise<MovableLedger> {
  await client.query('begin');
  await client.query(
    `set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0; set local lock_timeout = ${STILL_MS}`,
  );
  try {
    await client.query(`lock table ${movableTables.map(({ name }) => name).join(', ')} in share mode`);
  } catch (error) {
    if (postgresError(error)?.code !== '55P03') throw error;
    throw new MoveRefused('from', 'somebody is writing to it');
  }
  return movable({ client, place });
}

/** A PostgreSQL database that a move fills. */
export function createPostgresTarget({ client, place }: PostgresPlace): MoveTarget {
  const inOneTransaction = async (work: () => Promise<void>) => {
    await client.query('begin');
    try {
      await work();
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  };

  return {
    ...movable({ client, place }),

    async begin(source) {
      const { rows } = await client.query('select to_regclass($1) is not null as begun', [unfinishedMove]);
      if (rows[0].begun) {
        const { rows: sources } = await client.query(`select source from ${unfinishedMove}`);
        if (sources[0]?.source !== source)
          throw new MoveRefused('to', `a move from ${sources[0]?.source} into it is not finished`);
        return 'resumed';
      }
      await inOneTransaction(async () => {
        for (const { name } of movableTables) {
          const { rowCount } = await client.query(`select 1 from ${name} limit 1`);
          if (rowCount !== 0)
            throw new MoveRefused('to', 'it holds facts already: give a database that is empty');
        }
        await client.query(`create table ${unfinishedMove} (source text not null)`);
        await client.query(`insert into ${unfinishedMove} values ($1)`, [source]);
      });
      return 'begun';
    },

    async lastKey({ name, key }) {
      const order = key.map((column) => `${column.name} desc`).join(', ');
      const text = `select ${key.map((column) => read(column)).join(', ')} from ${name} order by ${order} limit 1`;
      const [row] = await rowsOf(client, text, []);
      return row ?? null;
    },

    async add({ name, columns, key }, rows) {
      const given = columns.map(({ kind }, position) => `$${position + 1}::${typeOf[kind]}[]`).join(', ');
      const text = `insert into ${name} (${columns.map((column) => column.name).join(', ')})
        select * from unnest(${given}) on conflict (${key.map((column) => column.name).join(', ')}) do nothing`;
      const values = columns.map(({ kind }, position) => arrayOf(kind, rows, position));
      await client.query({ name: `move ${name}`, text, values });
    },

    async startOver() {
      const names = movableTables.map(({ name }) => name).filter((name) => name !== appendOnly);
      await client.query(`truncate ${names.join(', ')}`);
    },

    async settle() {
      for (const { name, columns } of movableTables) {
        for (const column of columns.filter(({ counts }) => counts)) {
          await client.query(
            `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${column.name}), 1), count(*) > 0) from ${name}`,
            [name, column.name],
          );
        }
      }
      await client.query(`analyze ${movableTables.map(({ name }) => name).join(', ')}`);
    },

    async finish() {
      await client.query(`drop table ${unfinishedMove}`);
    },
  };
}

function movable({ client, place }: PostgresPlace): MovableLedger {
  return {
    place: `postgres://${place}`,

    async count({ name }) {
      const [row] = await rowsOf(client, `select count(*) from ${name}`, []);
      return Number(row?.[0]);
    },

    async rowsAfter(table, key, limit) {
      const order = table.key.map(({ name }) => name).join(', ');
      const given = table.key.map(({ kind }, position) => `$${position + 1}::${typeOf[kind]}`).join(', ');
      const where = key === null ? '' : `where (${order}) > (${given})`;
      const text = `select ${selected(table)} from ${table.name} ${where} order by ${order} limit ${limit}`;
      return (await rowsOf(client, text, key ?? [])).map(readerOf(table));
    },

    async learnersEnd(after, count) {
      const text = `select learner_id from learners ${after === null ? '' : 'where learner_id > $1'}
        order by learner_id limit 1 offset ${count - 1}`;
      const [row] = await rowsOf(client, text, after === null ? [] : [after]);
      return row?.[0] ?? null;
    },

    async rowsOfLearners(table, range) {
      const order = table.key.map(({ name }) => `t.${name}`).join(', ');
      const { from, where, values } = belonging(table, range);
      const text = `select ${selected(table, 't.')} from ${from} ${where} order by learner_id, ${order}`;
      return (await rowsOf(client, text, values)).map(readerOf(table));
    },

    // SQLite holds whatever PostgreSQL does.
    obstacle: async () => null,
  };
}

async function rowsOf(
  client: pg.ClientBase,
  text: string,
  values: readonly (string | null)[],
): Promise<readonly MovableRow[]> {
  const { rows } = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
  return rows;
}

const typeOf: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  uuid: 'uuid',
  integer: 'bigint',
  boolean: 'boolean',
  json: 'jsonb',
};

/** A column as text; the driver gives 64-bit integers as text by itself. */
function read({ name, kind }: MovableColumn, prefix = ''): string {
  if (kind === 'boolean') return `${prefix}${name}::int::text`;
  return kind === 'text' || kind === 'integer' ? `${prefix}${name}` : `${prefix}${name}::text`;
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

/** The values of one column as PostgreSQL writes an array. */
function arrayOf(kind: ColumnKind, rows: readonly MovableRow[], position: number): string {
  const quoted = kind === 'text' || kind === 'json';
  const values = rows.map((row) => {
    const value = row[position] ?? null;
    if (value === null) return 'NULL';
    return quoted ? `"${value.replaceAll(/["\\]/g, '\\$&')}"` : value;
  });
  return `{${values.join(',')}}`;
}

function belonging({ name, columns }: MovableTable, { after, upTo }: LearnerRange) {
  const own = columns.some((column) => column.name === 'learner_id');
  const from = own ? `${name} t` : `${name} t join sessions using (session_id)`;
  const values = [after, upTo].filter((bound) => bound !== null);
  const bounds = [
    ...(after === null ? [] : ['learner_id > $1']),
    ...(upTo === null ? [] : [`learner_id <= $${values.length}`]),
  ];
  return { from, where: bounds.length === 0 ? '' : `where ${bounds.join(' and ')}`, values };
}
