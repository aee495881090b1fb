import type pg from 'pg';
import { postgresError } from '../database/postgres-problems.ts';
import { unfinishedMove } from '../database/unfinished-move.ts';
import { appendOnly, type MovableLedger, MoveRefused, type MoveTarget } from './port.ts';
import { reader, type Select, selects } from './selects.ts';
import { type ColumnKind, type MovableRow, movableTables } from './tables.ts';

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

    async lastKey(table) {
      const [row] = await rowsOf(client, statements.lastKey(table));
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
      const [row] = await rowsOf(client, { text: `select count(*) from ${name}`, values: [] });
      return Number(row?.[0]);
    },

    async rowsAfter(table, key, limit) {
      return (await rowsOf(client, statements.rowsAfter(table, key, limit))).map(reader(table));
    },

    async learnersEnd(after, count) {
      const [row] = await rowsOf(client, statements.learnersEnd(after, count));
      return row?.[0] ?? null;
    },

    async rowsOfLearners(table, range) {
      return (await rowsOf(client, statements.rowsOfLearners(table, range))).map(reader(table));
    },

    // SQLite holds whatever PostgreSQL does.
    obstacle: async () => null,
  };
}

async function rowsOf(client: pg.ClientBase, { text, values }: Select): Promise<readonly MovableRow[]> {
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

const statements = selects({
  read(name, kind) {
    if (kind === 'boolean') return `${name}::int::text`;
    // The driver gives 64-bit integers as text by itself.
    return kind === 'text' || kind === 'integer' ? name : `${name}::text`;
  },
  given: (kind, nth) => `$${nth}::${typeOf[kind]}`,
});

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
