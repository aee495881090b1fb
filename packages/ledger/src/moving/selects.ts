import { canonicalJson } from './canonical-json.ts';
import type { LearnerRange } from './port.ts';
import type { ColumnKind, MovableColumn, MovableRow, MovableTable } from './tables.ts';

/** A statement that reads, and the values that it is given. */
export interface Select {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** What the two databases write differently. */
export interface Dialect {
  /** A column, of that name in the statement, as text. */
  read(name: string, kind: ColumnKind): string;
  /** The place of the nth value, from 1. */
  given(kind: ColumnKind, nth: number): string;
}

/**
 * The statements by which a ledger is read. The table is always `t`, and columns are named by it: PostgreSQL would
 * take the bare name of a key for the text that is selected of it, and sort that anew each time, without the index.
 */
export function selects({ read, given }: Dialect) {
  const columnOf = ({ name, kind }: MovableColumn) => read(`t.${name}`, kind);

  return {
    rowsAfter({ name, columns, key }: MovableTable, after: MovableRow | null, limit: number): Select {
      const order = key.map((column) => `t.${column.name}`).join(', ');
      const places = key.map(({ kind }, position) => given(kind, position + 1)).join(', ');
      const where = after === null ? '' : `where (${order}) > (${places})`;
      return {
        text: `select ${columns.map(columnOf).join(', ')} from ${name} t ${where} order by ${order} limit ${limit}`,
        values: after ?? [],
      };
    },

    lastKey({ name, key }: MovableTable): Select {
      const order = key.map((column) => `t.${column.name} desc`).join(', ');
      return {
        text: `select ${key.map(columnOf).join(', ')} from ${name} t order by ${order} limit 1`,
        values: [],
      };
    },

    learnersEnd(after: string | null, count: number): Select {
      const where = after === null ? '' : `where learner_id > ${given('text', 1)}`;
      return {
        text: `select learner_id from learners ${where} order by learner_id limit 1 offset ${count - 1}`,
        values: after === null ? [] : [after],
      };
    },

    rowsOfLearners({ name, columns, key }: MovableTable, { after, upTo }: LearnerRange): Select {
      const own = columns.some((column) => column.name === 'learner_id');
      const owner = own ? 't.learner_id' : 'sessions.learner_id';
      const values = [after, upTo].filter((bound) => bound !== null);
      const bounds = [
        ...(after === null ? [] : [`${owner} > ${given('text', 1)}`]),
        ...(upTo === null ? [] : [`${owner} <= ${given('text', values.length)}`]),
      ];
      const from = own ? `${name} t` : `${name} t join sessions using (session_id)`;
      const where = bounds.length === 0 ? '' : `where ${bounds.join(' and ')}`;
      const order = [owner, ...key.map((column) => `t.${column.name}`)].join(', ');
      return {
        text: `select ${columns.map(columnOf).join(', ')} from ${from} ${where} order by ${order}`,
        values,
      };
    },
  };
}

/** What is left to do on a row that was read. */
export function reader({ columns }: MovableTable): (row: MovableRow) => MovableRow {
  if (columns.every(({ kind }) => kind !== 'json')) return (row) => row;
  return (row) =>
    row.map((value, position) =>
      value !== null && columns[position]?.kind === 'json' ? canonicalJson(value) : value,
    );
}
