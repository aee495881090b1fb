import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../schema/postgres.ts';

/** How a column's values are written in a row that moves; both databases know them as text. */
export type ColumnKind = 'text' | 'uuid' | 'integer' | 'boolean' | 'json';

export interface MovableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Counts up by itself, and must go on above what was moved. */
  readonly counts: boolean;
}

/** A table of the ledger, the same in both databases. */
export interface MovableTable {
  readonly name: string;
  readonly columns: readonly MovableColumn[];
  /** The columns of its primary key, which its rows are read by. */
  readonly key: readonly MovableColumn[];
}

/**
 * The values of one row in the order of its table's columns: integers in decimal, booleans as 0 and 1, JSON with its
 * keys in order. What both databases hold alike is the same text here.
 */
export type MovableRow = readonly (string | null)[];

const kinds: Readonly<Record<string, ColumnKind>> = {
  text: 'text',
  'text COLLATE "C"': 'text',
  uuid: 'uuid',
  bigint: 'integer',
  boolean: 'boolean',
  jsonb: 'json',
};

/** Every table that holds facts, as the schema has them: a new one moves, too. */
export const movableTables: readonly MovableTable[] = Object.values(schema)
  .filter((table) => is(table, PgTable))
  .map(movable);

export function movableTable(name: string): MovableTable {
  const table = movableTables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`the ledger has no table ${name}`);
  return table;
}

/** The values of a row's primary key. */
export function keyOf({ columns, key }: MovableTable, row: MovableRow): MovableRow {
  return key.map((column) => row[columns.indexOf(column)] ?? null);
}

/** The order in which both databases give rows: numbers by value, everything else byte by byte. */
export function compareKeys({ key }: MovableTable, left: MovableRow, right: MovableRow): number {
  for (const [position, { kind }] of key.entries()) {
    const order = compareValues(kind, left[position] ?? '', right[position] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(kind: ColumnKind, left: string, right: string): number {
  if (left === right) return 0;
  if (kind === 'integer') return BigInt(left) < BigInt(right) ? -1 : 1;
  return compareBytes(left, right);
}

export function compareBytes(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function movable(table: PgTable): MovableTable {
  const { name, columns, primaryKeys } = getTableConfig(table);
  const names = primaryKeys[0]?.columns.map((column) => column.name);
  const all = columns.map((column) => ({
    name: column.name,
    kind: kindOf(column.getSQLType()),
    counts: column.generatedIdentity !== undefined,
    isKey: names?.includes(column.name) ?? column.primary,
  }));
  return { name, columns: all, key: all.filter(({ isKey }) => isKey) };
}

function kindOf(sqlType: string): ColumnKind {
  const kind = kinds[sqlType];
  if (kind === undefined)
    throw new Error(`nobody has said how ${sqlType} moves from one database to the other`);
  return kind;
}
